"""One list of thirteen criteria as each rule engine likes it written, and six people to hold to it.

Each engine gets the form that was quickest of those tried for it. Engines that know only yes and no
can be asked only about people of whom every answer is known.
"""

from typing import Any

from policies.criteria.reading import read_criteria

Answers = dict[str, bool | int | str]

OURS = read_criteria(
    {
        "label": "All of the following",
        "all_of": [
            {"label": "Adult", "fact": "age", "min": 18},
            {
                "label": "Moderate or severe",
                "fact": "episode_severity",
                "one_of": ["moderate", "severe"],
            },
            {
                "label": "Seen by a specialist, or long enough by another",
                "any_of": [
                    {
                        "label": "Psychiatrist consulted",
                        "fact": "psychiatrist_consulted",
                        "is": True,
                    },
                    {
                        "label": "Diagnosed by a specialist",
                        "fact": "diagnosed_by",
                        "one_of": ["psychiatrist", "psychiatric_nurse_practitioner"],
                    },
                    {
                        "label": "Both of these",
                        "all_of": [
                            {"label": "Six months", "fact": "episode_months", "min": 6},
                            {
                                "label": "Consultation",
                                "fact": "mental_health_consultation",
                                "is": True,
                            },
                        ],
                    },
                ],
            },
            {
                "label": "Two of these three",
                "at_least": 2,
                "of": [
                    {"label": "Interview", "fact": "structured_interview", "is": True},
                    {
                        "label": "Monitoring program checked",
                        "fact": "prescription_monitoring_checked",
                        "is": True,
                    },
                    {"label": "Six sessions at most", "fact": "sessions_requested", "max": 6},
                ],
            },
            {
                "label": "None of these",
                "none_of": [
                    {"label": "Psychosis", "fact": "psychosis_history", "is": True},
                    {"label": "Blood pressure", "fact": "uncontrolled_hypertension", "is": True},
                    {"label": "Active use", "fact": "substance_use_disorder", "is": "active"},
                    {"label": "Pregnancy", "fact": "pregnancy", "is": True},
                ],
            },
        ],
    }
)

# Both zen-engine and rule-engine read this. "Two of three" is spelled out as pairs, which lets an
# engine stop early; adding up ones and zeros took each of them, and JsonLogic, longer.
EXPRESSION = """
    age >= 18
    and episode_severity in ["moderate", "severe"]
    and (
        psychiatrist_consulted
        or diagnosed_by in ["psychiatrist", "psychiatric_nurse_practitioner"]
        or (episode_months >= 6 and mental_health_consultation)
    )
    and (
        (structured_interview and prescription_monitoring_checked)
        or (structured_interview and sessions_requested <= 6)
        or (prescription_monitoring_checked and sessions_requested <= 6)
    )
    and not (
        psychosis_history
        or uncontrolled_hypertension
        or substance_use_disorder == "active"
        or pregnancy
    )
"""

# A decision of zen-engine is a graph; this one goes from the answers through the expression.
ZEN_DECISION: dict[str, Any] = {
    "nodes": [
        {"id": "answers", "name": "answers", "type": "inputNode"},
        {
            "id": "criteria",
            "name": "criteria",
            "type": "expressionNode",
            "content": {
                "expressions": [{"id": "is_met", "key": "is_met", "value": EXPRESSION}],
            },
        },
        {"id": "decision", "name": "decision", "type": "outputNode"},
    ],
    "edges": [
        {"id": "in", "type": "edge", "sourceId": "answers", "targetId": "criteria"},
        {"id": "out", "type": "edge", "sourceId": "criteria", "targetId": "decision"},
    ],
}

INTERVIEW = {"var": "structured_interview"}
CHECKED = {"var": "prescription_monitoring_checked"}
FEW_SESSIONS = {"<=": [{"var": "sessions_requested"}, 6]}

JSON_LOGIC: dict[str, Any] = {
    "and": [
        {">=": [{"var": "age"}, 18]},
        {"in": [{"var": "episode_severity"}, ["moderate", "severe"]]},
        {
            "or": [
                {"var": "psychiatrist_consulted"},
                {
                    "in": [
                        {"var": "diagnosed_by"},
                        ["psychiatrist", "psychiatric_nurse_practitioner"],
                    ]
                },
                {
                    "and": [
                        {">=": [{"var": "episode_months"}, 6]},
                        {"var": "mental_health_consultation"},
                    ]
                },
            ]
        },
        {
            "or": [
                {"and": [INTERVIEW, CHECKED]},
                {"and": [INTERVIEW, FEW_SESSIONS]},
                {"and": [CHECKED, FEW_SESSIONS]},
            ]
        },
        {
            "!": [
                {
                    "or": [
                        {"var": "psychosis_history"},
                        {"var": "uncontrolled_hypertension"},
                        {"===": [{"var": "substance_use_disorder"}, "active"]},
                        {"var": "pregnancy"},
                    ]
                }
            ]
        },
    ]
}

# Meets every criterion by the last way there is, so that no engine can stop early.
LAST_WAY: Answers = {
    "age": 44,
    "episode_severity": "severe",
    "psychiatrist_consulted": False,
    "diagnosed_by": "primary_care",
    "episode_months": 9,
    "mental_health_consultation": True,
    "structured_interview": True,
    "prescription_monitoring_checked": False,
    "sessions_requested": 6,
    "psychosis_history": False,
    "uncontrolled_hypertension": False,
    "substance_use_disorder": "in_remission",
    "pregnancy": False,
}

# Two who meet the criteria, and one who fails at each of four places, from first to last.
PEOPLE: tuple[Answers, ...] = (
    LAST_WAY,
    LAST_WAY | {"psychiatrist_consulted": True, "prescription_monitoring_checked": True},
    LAST_WAY | {"age": 17},
    LAST_WAY | {"mental_health_consultation": False},
    LAST_WAY | {"structured_interview": False},
    LAST_WAY | {"pregnancy": True},
)
ANSWERS = [True, True, False, False, False, False]
