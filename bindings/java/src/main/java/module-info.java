/** The rules of Pakkeforløp hjem for cancer patients: libpfh for Java. */
module org.libpfh {
    exports org.libpfh;
}
