"""Puts words right that a scanner misread, so far as they are words we look for."""

from collections.abc import Iterable

# Shapes that scanners confuse; both sides of a comparison are folded alike.
_SHAPES = str.maketrans(
    {"0": "o", "1": "l", "|": "l", "!": "l", "i": "l", "j": "l", "5": "s", "8": "b", "$": "s"}
)
# A shorter word with one letter off is too often another word.
SHORTEST, SHORTEST_ONE_OFF, LONGEST = 5, 8, 24


def skeleton(word: str) -> str:
    """A word with the letters that scanners confuse made one."""
    folded = word.translate(_SHAPES)
    for pair, one in (("rn", "m"), ("vv", "w"), ("cl", "d")):
        folded = folded.replace(pair, one)
    return folded


def _one_left_out(word: str) -> list[str]:
    """Not the last letter: with it goes the difference between two forms of a word."""
    return [word[:at] + word[at + 1 :] for at in range(len(word) - 1)]


class Vocabulary:
    """The words of our lists, found again when one letter is wrong, missing or too many."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: frozenset[str] = frozenset(words)
        self._alike: dict[str, str] = {}
        self._one_off: dict[str, str] = {}
        for word in sorted(self._known):
            shape = skeleton(word)
            if len(word) >= SHORTEST:
                self._alike.setdefault(shape, word)
            if len(word) >= SHORTEST_ONE_OFF:
                for left in (shape, *_one_left_out(shape)):
                    self._one_off.setdefault(left, word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def repaired(self, word: str) -> str:
        """The word of ours that this one stands for, or the word itself."""
        letters = sum(map(str.isalpha, word))
        if word in self._known or not SHORTEST <= len(word) <= LONGEST or 2 * letters < len(word):
            return word
        shape = skeleton(word)
        alike = self._alike.get(shape)
        if alike is not None or len(word) < SHORTEST_ONE_OFF:
            return alike or word
        for one in (shape, *_one_left_out(shape)):
            found = self._one_off.get(one)
            if found is not None and found[-1] == word[-1]:
                return found
        return word
