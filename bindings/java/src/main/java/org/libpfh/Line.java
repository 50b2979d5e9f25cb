package org.libpfh;

/** A line of a caseload: a pathway, or why it is refused. */
public final class Line {
    private final LineRow row;
    private final Pathway pathway;
    private final PfhException error;

    private Line(LineRow row) {
        this.row = row;
        this.pathway = row.pathway() == 0 ? null : new Pathway(row.pathway());
        this.error = row.error() == null ? null : new PfhException(row.error());
    }

    static Line read(Reader in) {
        return new Line(LineRow.read(in));
    }

    /**
     * The number of the line.
     *
     * @return from 1, blank lines counted
     */
    public long number() {
        return row.number();
    }

    /**
     * The pathway, which is yours.
     *
     * @return the pathway; null where the line is refused
     */
    public Pathway pathway() {
        return pathway;
    }

    /**
     * Why the line is refused.
     *
     * @return not thrown; null where it is not refused
     */
    public PfhException error() {
        return error;
    }

    /**
     * The bytes of the line as they came, with its line end.
     *
     * @return a copy
     */
    public byte[] text() {
        return row.text().clone();
    }

    /**
     * Whether these are more bytes of the refused line before.
     *
     * @return true for a further piece of a line that is too long
     */
    public boolean continued() {
        return row.continued();
    }
}
