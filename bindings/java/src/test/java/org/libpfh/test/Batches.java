package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.libpfh.Pathway;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Record;

/** Many at once: what is asked for, and what comes when the giver of the pathways breaks off. */
class Batches {
    private final String document = Sample.pathway().toJson();
    private final Pathway pathway = Pathway.parse(document);

    private Iterator<Plan> plans(IntFunction<Pathway> each) {
        Iterable<Pathway> pathways = () -> IntStream.range(0, 1000).mapToObj(each).iterator();
        return Pfh.planMany(pathways, Sample.TODAY).iterator();
    }

    private void gives(int count, Iterator<Plan> plans) {
        for (int i = 0; i < count; i++)
            assertEquals(pathway.id(), plans.next().pathway());
    }

    @Test
    void pathwaysAreAskedForAsPlansAreAFewAhead() {
        AtomicInteger asked = new AtomicInteger();
        Iterable<Pathway> endless = () -> Stream.generate(() -> {
            asked.incrementAndGet();
            return pathway;
        }).iterator();
        Iterator<Plan> plans = Pfh.planMany(endless, Sample.TODAY).iterator();
        assertEquals(0, asked.get());
        gives(1, plans);
        assertTrue(asked.get() <= 20, () -> asked + " pathways for one plan");
        gives(299, plans);
        assertTrue(asked.get() <= 320, () -> asked + " pathways for 300 plans");
    }

    @Test
    void whatWasGivenBeforeTheGiverThrowsIsPlannedFirst() {
        RuntimeException broken = new RuntimeException("broken");
        for (int good : new int[] {0, 1, 15, 16, 17, 40}) {
            Iterator<Plan> plans = plans(i -> {
                if (i == good)
                    throw broken;
                return pathway;
            });
            gives(good, plans);
            assertSame(broken, assertThrows(RuntimeException.class, plans::next));
            assertSame(broken, assertThrows(RuntimeException.class, plans::hasNext));
        }
    }

    @Test
    void whatIsClosedOrNullIsRefusedInItsPlace() {
        Pathway closed = Pathway.parse(document);
        closed.close();
        Iterator<String> documents = Pfh.planManyJson(List.of(pathway, closed, pathway), Sample.TODAY).iterator();
        documents.next();
        assertEquals("closed", assertThrows(IllegalStateException.class, documents::next).getMessage());
        Iterator<Plan> plans = Pfh.planMany(Arrays.asList(pathway, null), Sample.TODAY).iterator();
        gives(1, plans);
        assertEquals("pathway", assertThrows(NullPointerException.class, plans::next).getMessage());
    }

    @Test
    void aCallThatFailsAsAWholeFailsEachTime() {
        Policy policy = Sample.policy();
        Iterator<Plan> plans = Pfh.planMany(Collections.nCopies(40, pathway), Sample.TODAY, policy).iterator();
        gives(16, plans);
        policy.close();
        for (int i = 0; i < 3; i++)
            assertEquals("closed", assertThrows(IllegalStateException.class, plans::next).getMessage());
    }

    @Test
    void aPathwayIsHeldFromWhenItIsGiven() {
        Pathway[] given = new Pathway[1000];
        gives(40, plans(i -> {
            if (i > 0)
                given[i - 1].close();
            return given[i] = Pathway.parse(document);
        }));
        assertThrows(IllegalStateException.class, given[0]::id);
    }

    @Test
    void aPathwayThatWaitsForItsPlanCannotBeChanged() {
        Pathway mine = Pathway.parse(document);
        Record event = Record.event().set("id", "later").set("type", "offered").set("date", Sample.TODAY).set("point", 1);
        Iterator<Plan> plans = plans(i -> i == 0 ? mine : mine.append(event));
        gives(1, plans);
        assertEquals("in use by another call", assertThrows(IllegalStateException.class, plans::next).getMessage());
        assertEquals("later", mine.append(event).find("later").text("id"));
    }
}
