package org.libpfh;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts on their way to C and back: UTF-8, and nothing is replaced on the way in. */
final class Texts {
    private Texts() {}

    /** The bytes of a document, which may hold any character; the library says what it thinks of a NUL. */
    static byte[] document(String text) {
        return encode(text, "text");
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

    private static byte[] encode(String text, String argument) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        // Half a pair becomes a '?', which is what it is slow to look for: only then is it looked for.
        return isPlain(bytes) ? bytes : encodeStrictly(text, argument);
    }

    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes)
            if (b == '?')
                return false;
        return true;
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
