"""The load run, which `make load` starts: the whole site on this computer, and many visitors."""
