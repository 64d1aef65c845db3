"""What a patient's record is refused for, each with a kind that a page can tell apart."""

from enum import StrEnum

from policies.faults import Fault, InputError


class Refusal(StrEnum):
    """Why a whole file is refused."""

    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    TOO_DEEP = "too_deep"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    NOT_FHIR = "not_fhir"
    WRONG_VERSION = "wrong_version"
    WRONG_BUNDLE = "wrong_bundle"
    DUPLICATE_ID = "duplicate_id"
    SEVERAL_PATIENTS = "several_patients"


class RecordError(InputError):
    """A record that can't be taken; `version` is the release of FHIR found, where it is another."""

    def __init__(
        self, refusal: Refusal, text: str, *, place: str = "", version: str = "", **values: object
    ) -> None:
        self.refusal = refusal
        self.version = version
        super().__init__(
            [Fault(place, text, {**values, "version": version} if version else values)]
        )
