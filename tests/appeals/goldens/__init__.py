"""The letters that are kept as text: realistic cases, one for each kind at least."""

from tests.appeals.goldens.appeals import APPEALS
from tests.appeals.goldens.clinical import CLINICAL
from tests.appeals.goldens.requests import REQUESTS
from tests.appeals.goldens.samples import Goldens

GOLDENS: Goldens = {**APPEALS, **CLINICAL, **REQUESTS}
# The one that is kept in Spanish too, as a copy to read along.
IN_SPANISH = "appeal_depression_iv_self_funded_patient"
