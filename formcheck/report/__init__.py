"""What the sessions came to, as one page to look at, and what is still to do this week.

It decides what the page says, how its charts look, and when the next day is due. It may import
what is below it, the store among them, and jinja2 and icalendar, which nothing else does: whoever
stretches waits for neither.
"""
