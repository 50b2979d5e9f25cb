package org.libpfh;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Plans of many pathways, in batches: a batch is one call of C. What comes of it is asked for one by one. */
final class Many<T> implements Iterator<T> {
    /** Measured: the plans of so many are still in the processor's cache when they are read; those of 256 are not. */
    private static final int BATCH = 16;

    /** What is the same for all. */
    record Terms(LocalDate asOf, Policy policy, String knownAt, String edition, BiConsumer<Long, PfhException> onError) {}

    /** What became of one pathway: objects of C have their owner at once, also when nobody asks for them. */
    private record Made<T>(T value, Failure error) {}

    /** What is made of a plan. */
    enum Form {
        PLAN, JSON, EXPLAINED
    }

    private final Iterator<? extends Pathway> pathways;
    private final Terms terms;
    private final Form form;
    private final Function<Planned, T> make;
    private final Queue<Made<T>> planned = new ArrayDeque<>();
    private final int day;
    private RuntimeException broken;
    private long count;
    private T next;

    private Many(Iterable<? extends Pathway> pathways, Terms terms, Form form, Function<Planned, T> make) {
        this.day = Dates.days(terms.asOf(), "as_of");
        this.pathways = pathways.iterator();
        this.terms = terms;
        this.form = form;
        this.make = make;
    }

    static Stream<Plan> plans(Iterable<? extends Pathway> pathways, Terms terms) {
        return stream(new Many<>(pathways, terms, Form.PLAN, row -> new Plan(row.plan())));
    }

    static Stream<String> documents(Iterable<? extends Pathway> pathways, Terms terms, boolean explain) {
        return stream(new Many<>(pathways, terms, explain ? Form.EXPLAINED : Form.JSON, Planned::json));
    }

    private static <T> Stream<T> stream(Many<T> many) {
        int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(many, ordered), false);
    }

    @Override
    public boolean hasNext() {
        while (next == null && (!planned.isEmpty() || derive()))
            next = given(planned.remove());
        return next != null;
    }

    @Override
    public T next() {
        if (!hasNext())
            throw new NoSuchElementException();
        T made = next;
        next = null;
        return made;
    }

    /** What is given of one pathway; null where it failed, and that was told. */
    private T given(Made<T> made) {
        long index = count++;
        if (made.error() == null)
            return made.value();
        PfhException error = new PfhException(made.error());
        if (terms.onError() == null)
            throw error;
        terms.onError().accept(index, error);
        return null;
    }

    private Made<T> made(Reader in) {
        Planned row = Planned.read(in);
        return new Made<>(row.error() == null ? make.apply(row) : null, row.error());
    }

    /** Takes the next batch. What is thrown on the way waits until the plans of those before are given. */
    private void take(Held.Uses batch) {
        try {
            while (broken == null && batch.size() < BATCH && pathways.hasNext())
                batch.add(Objects.requireNonNull(pathways.next(), "pathway"));
        } catch (RuntimeException e) {
            broken = e;
        }
    }

    /** Plans the next batch; false where there is none. */
    private boolean derive() {
        try (Held.Uses batch = new Held.Uses(); Held.Use policy = Held.reading(terms.policy())) {
            take(batch);
            if (batch.size() == 0 && broken != null)
                throw broken;
            if (batch.size() > 0)
                planned.addAll(plan(batch, policy));
            return batch.size() > 0;
        } catch (RuntimeException e) {
            broken = e; // what was taken is not planned: nobody is to go on as if it had been
            throw e;
        }
    }

    private List<Made<T>> plan(Held.Uses batch, Held.Use policy) {
        byte[] rows = Native.plan_many(batch.addresses(), policy.address, day, terms.knownAt(), terms.edition(),
                form.ordinal());
        return Reader.list(rows, this::made);
    }
}
