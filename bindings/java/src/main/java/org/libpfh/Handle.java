package org.libpfh;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * An object of C, and who uses it: any number of threads that read, or one that changes it.
 *
 * <p>It is freed when it is closed and the last user has left, so that closing never pulls it from under a call.
 */
final class Handle implements Runnable {
    private static final int CLOSED = 1 << 31;
    private static final int CHANGING = 1 << 30;

    final long address;
    private final LongConsumer free;
    /** How many read, or CHANGING; and CLOSED. */
    private final AtomicInteger users = new AtomicInteger();

    Handle(long address, LongConsumer free) {
        this.address = address;
        this.free = free;
    }

    void enter() {
        int now;
        do {
            now = users.get();
            if ((now & (CLOSED | CHANGING)) != 0)
                throw refused(now);
        } while (!users.compareAndSet(now, now + 1));
    }

    void enterAlone() {
        if (!users.compareAndSet(0, CHANGING))
            throw refused(users.get());
    }

    void leave() {
        freeIfLast(users.decrementAndGet());
    }

    void leaveAlone() {
        freeIfLast(users.addAndGet(-CHANGING));
    }

    /** Closes; a second time does nothing. */
    @Override
    public void run() {
        if (users.getAndUpdate(now -> now | CLOSED) == 0)
            free.accept(address);
    }

    private void freeIfLast(int now) {
        if (now == CLOSED)
            free.accept(address);
    }

    private static IllegalStateException refused(int now) {
        return new IllegalStateException((now & CLOSED) != 0 ? "closed" : "in use by another call");
    }
}
