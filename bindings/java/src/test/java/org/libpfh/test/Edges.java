package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.libpfh.Caseload;
import org.libpfh.Edition;
import org.libpfh.IcalOptions;
import org.libpfh.Language;
import org.libpfh.Line;
import org.libpfh.Pathway;
import org.libpfh.PfhException;
import org.libpfh.Pfh;
import org.libpfh.Plan;
import org.libpfh.Policy;
import org.libpfh.Record;
import org.libpfh.RecordKind;
import org.libpfh.Status;
import org.libpfh.Task;
import org.libpfh.TaskKind;
import org.libpfh.Worklist;

/** What is Java's own: its dates, streams, lists, exceptions. */
class Edges {
    private final Pathway pathway = Sample.pathway();

    private static void refused(Status status, String where, org.junit.jupiter.api.function.Executable call) {
        PfhException error = assertThrows(PfhException.class, call);
        assertEquals(status, error.status());
        assertEquals(where, error.where());
        assertEquals(status.word() + " at " + where + ": " + error.text(), error.getMessage());
        assertEquals(-1, error.offset());
    }

    @Test
    void datesThatCannotBeCountedInCAreRefused() {
        for (LocalDate date : List.of(LocalDate.MIN, LocalDate.MAX, LocalDate.ofEpochDay(Integer.MIN_VALUE))) {
            refused(Status.DATE, "as_of", () -> pathway.plan(date));
            refused(Status.DATE, "date", () -> Pfh.addMonths(date, 1));
            refused(Status.DATE, "value", () -> Record.event().set("date", date));
        }
        refused(Status.VALUE, "value", () -> Record.event().set("point", Integer.MIN_VALUE));
    }

    @Test
    void argumentsThatAreTextsAreNamed() {
        refused(Status.ARGUMENT, "path", () -> Record.event().set("a\0b", "c"));
        refused(Status.ARGUMENT, "value", () -> Record.event().set("note", "half \ud83d a pair"));
        refused(Status.ARGUMENT, "known_at", () -> pathway.plan(Sample.TODAY, null, "2026-04-20T00:00:00Z\0", null));
        refused(Status.ARGUMENT, "edition", () -> pathway.plan(Sample.TODAY, null, null, "\udc00"));
        refused(Status.ARGUMENT, "text", () -> Pathway.parse("\ud800"));
        refused(Status.ARGUMENT, "text", () -> Policy.parse("\udfff"));
    }

    /** Each says which argument it is. */
    private static void isNull(String argument, org.junit.jupiter.api.function.Executable call) {
        String message = assertThrows(NullPointerException.class, call).getMessage();
        assertTrue(message.equals(argument) || message.contains('"' + argument + '"'), message);
    }

    @Test
    void objectsThatAreNullAreNamed() {
        isNull("as_of", () -> pathway.plan(null));
        isNull("as_of", () -> Pfh.planMany(List.of(pathway), null));
        isNull("date", () -> Pfh.isHoliday(null));
        isNull("theirs", () -> pathway.merge(null));
        isNull("theirs", () -> pathway.diff(null));
        isNull("event", () -> pathway.append(null));
        isNull("plan", () -> new Worklist().add(null));
        isNull("plans", () -> Pfh.plansToIcal(null, null));
        isNull("pathways", () -> Pfh.planMany(null, Sample.TODAY));
        isNull("language", () -> Pfh.text(null, "task.offer"));
        isNull("kind", () -> Record.parse(null, "{}"));
        isNull("in", () -> new Caseload(null));
        assertNull(TaskKind.of("nothing"));
        assertNull(TaskKind.of(null));
    }

    @Test
    void documentsThatAreNullAreNamed() {
        isNull("document", () -> Pathway.parse((String) null));
        isNull("document", () -> Pathway.parse((byte[]) null));
        isNull("document", () -> Policy.parse((String) null));
        isNull("document", () -> Policy.parse((byte[]) null));
        isNull("json", () -> Record.parse(RecordKind.EVENT, (String) null));
        isNull("json", () -> Record.parse(RecordKind.EVENT, (byte[]) null));
        isNull("text", () -> Pfh.lintCalendar((String) null));
        isNull("text", () -> Pfh.lintCalendar((byte[]) null));
        isNull("text", () -> Pfh.readIcal(null, List.of(), null));
    }

    @Test
    void textsThatAreNullAreNamed() {
        isNull("number", () -> Pfh.classifyNumber(null));
        isNull("text", () -> Pfh.isOrganisationNumber(null));
        isNull("text", () -> Pfh.isMunicipalityNumber(null));
        isNull("text", () -> Pfh.isHprNumber(null));
        isNull("text", () -> Pfh.isHerId(null));
        isNull("text", () -> Pfh.holdsPersonNumber(null));
        isNull("timestamp", () -> Pfh.timestampToUtc(null));
        isNull("id", () -> Pfh.text(Language.EN, null));
        isNull("id", () -> pathway.find(null));
        isNull("task", () -> pathway.plan(Sample.TODAY).explain((String) null, Language.EN));
        isNull("topic", () -> pathway.needs(Sample.TODAY).find(null));
        isNull("name", () -> Edition.find(null));
        isNull("code", () -> pathway.edition().hasTopic(null));
        isNull("edition", () -> Pfh.checklistJson(null, 1, null, null, Language.EN));
        isNull("edition", () -> Pfh.checklistText(null, 1, null, null, Language.EN));
    }

    @Test
    void keysAndPathsThatAreNullAreNamed() {
        isNull("path", () -> Record.event().set(null, 1));
        isNull("path", () -> Record.event().set(null, "a"));
        isNull("path", () -> Record.event().setJson(null, "1"));
        isNull("path", () -> Record.event().remove(null));
        isNull("path", () -> Record.event().text(null));
        isNull("key", () -> Sample.policy().number(null));
        isNull("key", () -> new Worklist().filter(null, "late"));
        isNull("key", () -> new IcalOptions().set(null, "late"));
    }

    @Test
    void listsCannotBeChanged() {
        Plan plan = pathway.plan(Sample.TODAY);
        Task task = plan.tasks().get(0);
        assertThrows(UnsupportedOperationException.class, () -> plan.tasks().clear());
        assertThrows(UnsupportedOperationException.class, () -> task.reasons().clear());
        assertThrows(UnsupportedOperationException.class, () -> pathway.events().clear());
        List<org.libpfh.Reason> reasons = new ArrayList<>(task.reasons());
        Task copy = new Task(task.id(), task.kind(), task.point(), task.starts(), task.due(), task.state(), task.level(),
                task.unit(), task.role(), task.optional(), task.blocked(), task.event(), reasons);
        reasons.clear();
        assertEquals(task, copy);
    }

    @Test
    void pointsAndTasksAreExplainedByThemselvesOrByTheirNames() {
        Plan plan = pathway.plan(Sample.TODAY);
        Task task = plan.tasks().get(0);
        assertFalse(plan.explain(task, Language.EN).isEmpty());
        assertEquals(plan.explain(task.id(), Language.EN), plan.explain(task, Language.EN));
        assertEquals(plan.explain(2, Language.NB), plan.explain(plan.point(2), Language.NB));
        assertEquals(plan.points().get(0), plan.point(1));
        assertNull(plan.point(0));
        assertNull(plan.point(99));
    }

    // ---- Caseloads ----------------------------------------------------------------------------

    private static Caseload caseload(String text) {
        return new Caseload(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aLineIsHandedBackAsItCame() {
        String good = pathway.toJson();
        try (Caseload caseload = caseload("{\"ø\": 1}\r\n\n" + good)) {
            Line bad = caseload.next();
            assertEquals(1, bad.number());
            assertNull(bad.pathway());
            assertEquals(Status.KEY, bad.error().status());
            assertArrayEquals("{\"ø\": 1}\r\n".getBytes(StandardCharsets.UTF_8), bad.text());
            Line last = caseload.next();
            assertEquals(3, last.number());
            assertNull(last.error());
            assertEquals(good, last.pathway().toJson());
            assertFalse(caseload.hasNext());
            assertThrows(NoSuchElementException.class, caseload::next);
        }
    }

    @Test
    void aLineThatIsTooLongComesInPieces() {
        try (Caseload caseload = caseload("x".repeat(9 * 1024 * 1024) + "\n" + pathway.toJson())) {
            Line first = caseload.next();
            assertFalse(first.continued());
            long size = first.text().length;
            Line line = caseload.next();
            for (; line.continued(); line = caseload.next())
                size += line.text().length;
            assertEquals(9 * 1024 * 1024 + 1, size);
            assertEquals(pathway.id(), line.pathway().id());
        }
    }

    @Test
    void aStreamThatBreaksIsToldAndClosingClosesIt() throws IOException {
        AtomicInteger closed = new AtomicInteger();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
        Caseload caseload = new Caseload(broken);
        assertEquals("broken", assertThrows(UncheckedIOException.class, caseload::hasNext).getCause().getMessage());
        try (Stream<Line> lines = caseload.stream()) {
            assertThrows(UncheckedIOException.class, lines::toList);
        }
        assertEquals(1, closed.get());
        assertThrows(IllegalStateException.class, caseload::hasNext);
    }

    // ---- Many at once -------------------------------------------------------------------------

    @Test
    void aPathwayThatFailsThrowsOrIsToldAndLeftOut() {
        Pathway other = Pathway.parse(Sample.pathway().toJson().replaceFirst("\"hdir-2022\"", "\"hdir-2021-draft\""));
        List<Pathway> three = List.of(pathway, other, pathway);
        String onto = other.edition().name();
        Iterator<Plan> plans = Pfh.planMany(three, Sample.TODAY, null, null, onto, null).iterator();
        assertEquals(Status.EDITION, assertThrows(PfhException.class, plans::next).status());
        List<Long> failed = new ArrayList<>();
        List<Plan> left = Pfh.planMany(three, Sample.TODAY, null, null, onto, (index, error) -> failed.add(index)).toList();
        assertEquals(List.of(0L, 2L), failed);
        assertEquals(1, left.size());
    }
}
