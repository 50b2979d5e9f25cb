package org.libpfh;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Reads values from the rows that came from C, field by field: rows.h says how they are written. */
final class Reader {
    private final byte[] bytes;
    private final ByteBuffer rows;

    private Reader(byte[] bytes) {
        this.bytes = bytes;
        this.rows = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    /** All rows. */
    static <T> List<T> list(byte[] bytes, Function<Reader, T> row) {
        return new Reader(bytes).rows(row);
    }

    /** The one row, or null. */
    static <T> T one(byte[] bytes, Function<Reader, T> row) {
        Reader in = new Reader(bytes);
        return in.rowOrNone(row);
    }

    /** A list of values: how many, then each. */
    <T> List<T> rows(Function<Reader, T> row) {
        @SuppressWarnings("unchecked") // made here, filled here, and copied by List.of()
        T[] all = (T[]) new Object[rows.getInt()];
        for (int i = 0; i < all.length; i++)
            all[i] = row.apply(this);
        return List.of(all);
    }

    /** A value that may be missing: 0 or 1, then the value. */
    <T> T rowOrNone(Function<Reader, T> row) {
        return rows.getInt() == 0 ? null : row.apply(this);
    }

    int number() {
        return rows.getInt();
    }

    Integer numberOrNone() {
        int value = rows.getInt();
        return value == Dates.NONE ? null : (Integer) value;
    }

    long wide() {
        return rows.getLong();
    }

    boolean flag() {
        return rows.getInt() != 0;
    }

    Boolean flagOrNone() {
        int value = rows.getInt();
        return value == Dates.NONE ? null : (Boolean) (value != 0);
    }

    LocalDate date() {
        return Dates.of(rows.getInt());
    }

    <T> T word(IntFunction<T> members) {
        return members.apply(rows.getInt());
    }

    <T> T wordOrNone(IntFunction<T> members) {
        int value = rows.getInt();
        return value == Dates.NONE ? null : members.apply(value);
    }

    String text() {
        int size = rows.getInt();
        if (size < 0)
            return null;
        int at = rows.position();
        rows.position(at + size);
        return new String(bytes, at, size, StandardCharsets.UTF_8);
    }

    byte[] data() {
        byte[] data = new byte[Math.max(0, rows.getInt())];
        rows.get(data);
        return data;
    }
}
