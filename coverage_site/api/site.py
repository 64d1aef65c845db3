"""The API put together from what each app answers."""

from ninja.errors import ValidationError

from appeals.api import router as appeals
from coverage_site.api.description import ProgramAPI, on_failure, on_invalid, on_problem
from coverage_site.api.problems import ProblemError
from policies.api import router as policies

DESCRIPTION = (
    "Whether a health plan's written rules cover ketamine and esketamine treatment, and what can "
    "be done after a denial. A verdict is ours; a determination is the plan's. Legal and medical "
    "information, not advice."
)

api = ProgramAPI(
    title="Ketamine Coverage",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    openapi_extra={
        "info": {
            "license": {
                "name": "CC BY 4.0",
                "url": "https://creativecommons.org/licenses/by/4.0/",
            }
        }
    },
)
for router in (policies, appeals):
    api.add_router("", router)
    api.shapes |= router.shapes
api.add_exception_handler(ProblemError, on_problem)
api.add_exception_handler(ValidationError, on_invalid)
api.add_exception_handler(Exception, on_failure)
