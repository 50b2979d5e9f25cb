package org.libpfh;

/** A word of the documents: what every list of words has for members. */
public interface Word {
    /**
     * The word as documents have it.
     *
     * @return "in_person"; empty for {@code NEWER}, a word that only a newer libpfh knows
     */
    String word();

    /**
     * The value of the word in its list.
     *
     * @return 1 or more; -1 for {@code NEWER}
     */
    int value();

    /**
     * The text for people.
     *
     * @param language the language of the text
     * @return the text; null where there is none
     */
    String text(Language language);
}
