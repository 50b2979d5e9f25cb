package org.libpfh;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

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
        long days = Objects.requireNonNull(date, argument).toEpochDay();
        if (days <= NONE || days > Integer.MAX_VALUE)
            throw new PfhException(Status.DATE, argument, Status.DATE.text(), -1);
        return (int) days;
    }

    /** An appointment as documents have it: what is not on a whole minute is refused, not cut. */
    static String appointment(LocalDateTime value) {
        if (!value.equals(value.truncatedTo(ChronoUnit.MINUTES)))
            throw new PfhException(Status.VALUE, "value", "an appointment is on a whole minute", -1);
        return value.toString();
    }
}
