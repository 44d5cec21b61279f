"""Absences by person, from CSV lists and iCalendar files.

    options        the words for being away, half days        model           what was read, what was left out
    names          a person by any writing of the name        titles          who an event's title is about
    csv_list       lists                                      calendar_file   calendars, after `repair`
    half_days      the absent part of each day                read            all of it, from all files
    meetings       refinement and Sprint Planning             file_text       the text of a file

Only the name, the dates and the part of the day are kept. Titles, reasons and attendees are private: they stay in the
file. What names a person but does not count is counted.
"""
