package org.libpfh;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * An object of this library: its own, or part of another one, which it then keeps alive.
 */
abstract class Held implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Handle handle;
    private final long address;
    private final Held whole;
    private final Cleaner.Cleanable cleanable;

    /** An object of its own. */
    Held(long address, LongConsumer free) {
        this.address = address;
        this.whole = null;
        this.handle = new Handle(address, free);
        this.cleanable = CLEANER.register(this, handle);
    }

    /** Part of another object. */
    Held(Held whole, long address) {
        this.address = address;
        this.whole = whole;
        this.handle = whole.handle;
        this.cleanable = null;
    }

    /**
     * Frees what the object holds. A second time does nothing, and so it does for what is part of another object; a call
     * that another thread is inside of goes on.
     */
    @Override
    public void close() {
        if (cleanable != null)
            cleanable.clean();
    }

    /** While C reads the object. */
    final Use reading() {
        handle.enter();
        return new Use(this, false);
    }

    /** While C changes the object. */
    final Use changing() {
        handle.enterAlone();
        return new Use(this, true);
    }

    /** While C reads an object that may be missing. */
    static Use reading(Held object) {
        return object == null ? Use.NONE : object.reading();
    }

    /** A call that C is inside of. */
    static final class Use implements AutoCloseable {
        static final Use NONE = new Use(null, false);

        final long address;
        private final Held object;
        private final boolean alone;

        private Use(Held object, boolean alone) {
            this.object = object;
            this.alone = alone;
            this.address = object == null ? 0 : object.address;
        }

        @Override
        public void close() {
            if (object == null)
                return;
            if (alone)
                object.handle.leaveAlone();
            else
                object.handle.leave();
            Reference.reachabilityFence(object);
        }
    }

    /** Many objects that C reads in one call; each is held from when it is put here. */
    static final class Uses implements AutoCloseable {
        private final List<Use> uses = new ArrayList<>();

        Uses() {}

        Uses(Collection<? extends Held> objects) {
            try {
                objects.forEach(this::add);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        void add(Held object) {
            uses.add(object.reading());
        }

        int size() {
            return uses.size();
        }

        long[] addresses() {
            return uses.stream().mapToLong(use -> use.address).toArray();
        }

        @Override
        public void close() {
            uses.forEach(Use::close);
        }
    }
}
