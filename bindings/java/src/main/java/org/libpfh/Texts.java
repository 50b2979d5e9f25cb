package org.libpfh;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Texts on their way to C and back: UTF-8, and nothing is replaced on the way in. */
final class Texts {
    private Texts() {}

    /** The bytes of a document, which may hold any character; the library says what it thinks of a NUL. */
    static byte[] document(String text, String argument) {
        return encode(Objects.requireNonNull(text, argument), "text");
    }

    /** Of one that may be missing. */
    static byte[] documentOrNone(String text) {
        return text == null ? null : encode(text, "text");
    }

    /** As name(), of a text that must be there. */
    static byte[] required(String text, String argument) {
        return name(Objects.requireNonNull(text, argument), argument);
    }

    /** The bytes of a text that C ends with a NUL; null stays null. */
    static byte[] name(String text, String argument) {
        if (text == null)
            return null;
        if (text.indexOf('\0') >= 0)
            throw new PfhException(Status.ARGUMENT, argument, "a text holds a NUL", -1);
        return encode(text, argument);
    }

    static String of(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The fast way writes half a pair as a question mark: only where there is one is the strict way taken. */
    private static byte[] encode(String text, String argument) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte b : bytes)
            if (b == '?')
                return encodeStrictly(text, argument);
        return bytes;
    }

    private static byte[] encodeStrictly(String text, String argument) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Arrays.copyOf(bytes.array(), bytes.limit());
        } catch (CharacterCodingException e) {
            throw new PfhException(Status.ARGUMENT, argument, "a text holds half of a surrogate pair", -1);
        }
    }
}
