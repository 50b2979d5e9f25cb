package org.libpfh;

/**
 * What went wrong and where.
 *
 * <p>The message holds nothing of a patient but keys that a document may have.
 */
public final class PfhException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What kind of mistake it is. */
    private final Status status;
    /** Where it is. */
    private final String where;
    /** What is wrong. */
    private final String text;
    /** At which byte. */
    private final int offset;

    PfhException(Status status, String where, String text, int offset) {
        super(status.word() + (where.isEmpty() ? "" : " at " + where) + ": " + text);
        this.status = status;
        this.where = where;
        this.text = text;
        this.offset = offset;
    }

    /** Called by the glue. */
    PfhException(int status, byte[] where, byte[] text, int offset) {
        this(Status.at(status), Texts.of(where), Texts.of(text), offset);
    }

    PfhException(Failure failure) {
        this(failure.status(), failure.where(), failure.text(), failure.offset());
    }

    /**
     * What kind of mistake it is.
     *
     * @return never {@link Status#OK}
     */
    public Status status() {
        return status;
    }

    /**
     * Where it is.
     *
     * @return a JSON pointer into the document ("/events/3/point") or the name of the argument; may be empty
     */
    public String where() {
        return where;
    }

    /**
     * What is wrong.
     *
     * @return one English sentence without a full stop
     */
    public String text() {
        return text;
    }

    /**
     * The byte at which a text is wrong, in UTF-8.
     *
     * @return from 0; -1 where that says nothing
     */
    public int offset() {
        return offset;
    }
}
