package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Record;
import org.libpfh.Worklist;

/** Four threads: on different and on the same pathways, closing and changing what others use. */
class Threads {
    private static final int THREADS = 4;
    private static final long SECONDS = Long.parseLong(System.getenv().getOrDefault("PFH_THREAD_SECONDS", "10"));

    private static final Policy POLICY = Sample.policy();

    /** Runs the same in all threads, and gives what each gave. */
    private static <T> List<T> inAll(Callable<T> work) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(java.util.Collections.nCopies(THREADS, work)))
                results.add(future.get());
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long end(long part) {
        return System.nanoTime() + Math.max(1, SECONDS * 1_000_000_000 / part);
    }

    private static String all(Pathway pathway) {
        try (Plan plan = pathway.plan(Sample.TODAY, POLICY)) {
            return Values.plan(plan, true) + plan.toJson(true) + pathway.needs(Sample.TODAY).toJson();
        }
    }

    @Test
    void resultsAreThoseOfOneThread() throws Exception {
        List<Pathway> pathways = Sample.pathways();
        List<String> expected = pathways.stream().map(Threads::all).toList();
        List<String> many = Pfh.planManyJson(pathways, Sample.TODAY, POLICY).toList();
        AtomicInteger thread = new AtomicInteger();
        long end = end(1);
        List<Integer> rounds = inAll(() -> {
            int round = 0;
            for (int i = thread.getAndIncrement() * 7; System.nanoTime() < end; i++, round++) {
                int at = round % 3 == 0 ? round % pathways.size() : i % pathways.size(); // the same, and different ones
                assertEquals(expected.get(at), all(pathways.get(at)));
                if (round % 50 == 0)
                    assertEquals(many, Pfh.planManyJson(pathways, Sample.TODAY, POLICY).toList());
            }
            return round;
        });
        assertTrue(rounds.stream().allMatch(count -> count > 0), rounds::toString);
    }

    @Test
    void closingDuringUseGivesAValueOrSaysClosed() throws Exception {
        String document = Sample.pathway().toJson();
        long end = end(5);
        AtomicInteger values = new AtomicInteger();
        AtomicInteger refusals = new AtomicInteger();
        while (System.nanoTime() < end) {
            Pathway pathway = Pathway.parse(document);
            Plan plan = pathway.plan(Sample.TODAY);
            AtomicInteger place = new AtomicInteger();
            inAll(() -> {
                boolean closes = place.getAndIncrement() == THREADS - 1;
                for (int i = 0; i < 20; i++) {
                    if (closes && i == 10) {
                        pathway.close();
                        plan.close();
                    }
                    try {
                        assertTrue(plan.tasks().size() > 0 && document.equals(pathway.toJson()));
                        values.incrementAndGet();
                    } catch (IllegalStateException e) {
                        assertEquals("closed", e.getMessage());
                        refusals.incrementAndGet();
                    }
                }
                return null;
            });
        }
        assertTrue(values.get() > 0 && refusals.get() > 0, () -> values + " values, " + refusals + " refusals");
    }

    @Test
    void changingDuringUseIsDoneOrRefused() throws Exception {
        Plan plan = Sample.pathway().plan(Sample.TODAY, POLICY);
        Worklist worklist = new Worklist();
        Pathway pathway = Pathway.parse(Sample.pathway().toJson());
        int events = pathway.events().size();
        AtomicInteger added = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        long end = end(5);
        AtomicInteger place = new AtomicInteger();
        inAll(() -> {
            int me = place.getAndIncrement();
            for (int i = 0; !stop.get() && System.nanoTime() < end; i++) {
                try {
                    worklist.add(plan);
                    worklist.size();
                    pathway.append(Record.event().set("id", "n" + me + "." + i).set("type", "offered")
                            .set("date", Sample.TODAY).set("point", 1));
                    if (added.incrementAndGet() >= 2000)
                        stop.set(true);
                    pathway.toJson();
                } catch (IllegalStateException e) {
                    assertEquals("in use by another call", e.getMessage());
                    refused.incrementAndGet();
                }
            }
            return null;
        });
        assertTrue(added.get() > 0 && refused.get() > 0, () -> added + " added, " + refused + " refused");
        assertTrue(worklist.size() >= added.get() * plan.tasks().size(), () -> worklist.size() + " rows");
        assertEquals(events + added.get(), pathway.events().size());
    }
}
