package org.libpfh;

/** What the enums have in common. */
final class Words {
    private Words() {}

    /** The member in a place: a library that is newer than the binding may know more words. */
    static <T extends Enum<T>> T member(T[] members, int place) {
        if (place >= 0 && place < members.length)
            return members[place];
        String list = members.getClass().getComponentType().getSimpleName();
        throw new PfhException(Status.VALUE, list, "libpfh " + Native.version() + " has a word that this binding, "
                + Build.VERSION + ", does not know", -1);
    }

    static String text(Language language, String id) {
        return Native.text_of(language.value(), id);
    }

    /** The value of a word that may be missing. */
    static int value(Word word) {
        return word == null ? 0 : word.value();
    }
}
