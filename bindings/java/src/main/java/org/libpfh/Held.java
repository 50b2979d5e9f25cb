package org.libpfh;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Collection;
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

    /** Many objects that C reads in one call. */
    static final class Uses implements AutoCloseable {
        final long[] addresses;
        private final Use[] uses;

        Uses(Collection<? extends Held> objects) {
            Held[] all = objects.toArray(new Held[0]);
            addresses = new long[all.length];
            uses = new Use[all.length];
            try {
                for (int i = 0; i < all.length; i++) {
                    uses[i] = all[i].reading();
                    addresses[i] = uses[i].address;
                }
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            for (Use use : uses)
                if (use != null)
                    use.close();
        }
    }
}
