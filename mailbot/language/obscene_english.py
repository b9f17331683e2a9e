"""The English words that the model of English obscenity (`profanity_check`) calls obscene when it is asked of them alone.

A list beside the model: whoever has none of them before him need not load it, a hundred megabytes and seconds of import.
"""

from __future__ import annotations

OBSCENE_ENGLISH_WORDS = frozenset(
    """
arse ass asses asshole assholes bastard bastards bitch bitches bitching bloody boobs bullshit butt
ck cking cock cocksucker coward crap cum cunt cunts damn dick dickhead dicks die dipshit douchebag
dumb dumbass dumbest dyke dykes fag faggot faggots fags fat filth fool freaking fuck fucked fucker
fuckers fuckhead fuckin fucking fucks fucktard fuckwit fuk garbage gay goddamn hate hater hell hoe
hoes homosexual hypocrite idiocy idiot idiotic idiots ignorant imbecile ing jackass jerk jerks kill
liar looser loser losers moron moronic morons motherfucker motherfuckers nazis negro nerd nerds
nicca niccas nig nigga niggah niggas nigger niggers nigguh nigs pathetic pedophile penis pervert pig
piss psychopath pussies pussy queer queers racist rapist retard retarded retards ridiculous rubbish
scum scumbag semen sex shit shithead shitty shut sick stink stinks stupid stupidity suck sucking
sucks twat vagina wanker whore wtf
""".split()
)
"""All of them, in lower case."""
