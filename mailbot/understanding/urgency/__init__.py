"""Which emergencies are happening now: «труба лопнула в прошлом году» is not one.

An emergency is a present, actual, physical event at the company's network or the writer's house.

passages ─► sentences (words with forms) ─► events (what happens) ─► reality (asserted? going on? ours?) ─► judged
                                      └──► signs of the whole letter ──┘

Where nothing speaks against an event it is one; where one thing does, it is doubtful and a person looks at once, with
the doubt named. What is negated, future, conditional, dreamt, repaired or past is none, unless help is called for.
"""

from mailbot.understanding.urgency.judgement import Urgency, find_urgent, seems_urgent

__all__ = ["Urgency", "find_urgent", "seems_urgent"]
