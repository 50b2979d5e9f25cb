package org.libpfh;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Many pathways from NDJSON, one document a line, in memory that is bounded by the longest one (4 MiB).
 *
 * <p>It can be gone through once, by one thread at a time. A line that is refused does not end it. What the stream throws
 * comes as {@link UncheckedIOException}.
 */
public final class Caseload implements Iterable<Line>, Iterator<Line>, AutoCloseable {
    private static final int PIECE = 64 * 1024;

    /** The reader of C. */
    private static final class Lines extends Held {
        Lines() {
            super(Native.caseload_new(), Native::pfh_caseload_free);
        }

        void feed(byte[] piece) {
            try (Use reader = changing()) {
                Native.caseload_feed(reader.address, piece);
            }
        }

        Line next() {
            try (Use reader = changing()) {
                return Reader.one(Native.caseload_next(reader.address), Line::read);
            }
        }
    }

    private final InputStream in;
    private final byte[] piece;
    private final Lines lines = new Lines();
    private Line next;
    private boolean ended;

    /**
     * Reads a stream.
     *
     * @param in UTF-8
     */
    public Caseload(InputStream in) {
        this(in, PIECE);
    }

    /**
     * Reads a stream.
     *
     * @param in UTF-8
     * @param size how many bytes are asked for at a time, 1 or more
     */
    public Caseload(InputStream in, int size) {
        this.in = Objects.requireNonNull(in, "in");
        this.piece = new byte[Math.max(1, size)];
    }

    /**
     * Whether there is another line; it is read.
     *
     * @return false at the end
     */
    @Override
    public boolean hasNext() {
        while (next == null && (next = lines.next()) == null && !ended)
            feed();
        return next != null;
    }

    private void feed() {
        try {
            int size = in.read(piece);
            ended = size < 0;
            if (size != 0)
                lines.feed(Arrays.copyOf(piece, Math.max(0, size)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The next line.
     *
     * @return the line
     */
    @Override
    public Line next() {
        if (!hasNext())
            throw new NoSuchElementException();
        Line line = next;
        next = null;
        return line;
    }

    /**
     * Goes through the lines that are left.
     *
     * @return this caseload
     */
    @Override
    public Iterator<Line> iterator() {
        return this;
    }

    /**
     * The lines that are left.
     *
     * @return a stream, which closes the caseload when it is closed
     */
    public Stream<Line> stream() {
        int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, ordered), false).onClose(this::close);
    }

    /** Closes the stream that is read. Pathways that were given stay. */
    @Override
    public void close() {
        lines.close();
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
