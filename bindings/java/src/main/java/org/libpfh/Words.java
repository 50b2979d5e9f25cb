package org.libpfh;

/** What the enums have in common. */
final class Words {
    private Words() {}

    static String text(Language language, String id) {
        return Native.text_of(language.value(), id);
    }

    /** The value of a word that may be missing. */
    static int value(Word word) {
        return word == null ? 0 : word.value();
    }
}
