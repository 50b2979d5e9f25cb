package org.libpfh;

import java.time.LocalDate;

/** Dates as C counts them: days from 1970-01-01. */
final class Dates {
    /** What is none in C. */
    static final int NONE = Integer.MIN_VALUE;

    private Dates() {}

    static LocalDate of(int days) {
        return days == NONE ? null : LocalDate.ofEpochDay(days);
    }

    /** A year that C cannot count to is refused here as the library refuses one that is out of its range. */
    static int days(LocalDate date, String argument) {
        long days = date.toEpochDay();
        if (days <= NONE || days > Integer.MAX_VALUE)
            throw new PfhException(Status.DATE, argument, Status.DATE.text(), -1);
        return (int) days;
    }
}
