/*
 * Reads calendars with ical4j, validates them and prints each as one line of JSON, as
 * read_calendar.py does, with the validator's words under "validation".
 *
 *     java -cp 'LIBRARIES/*' read_calendar.java FILE...
 *
 * Strictly: no hint of compatibility is on.  ical4j is kept from asking for newer zones.
 */

import java.io.Reader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.CalendarParserFactory;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.ComponentContainer;
import net.fortuna.ical4j.model.Parameter;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.PropertyContainer;
import net.fortuna.ical4j.model.TemporalAmountAdapter;
import net.fortuna.ical4j.model.TimeZoneRegistryImpl;
import net.fortuna.ical4j.model.property.Categories;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.Duration;
import net.fortuna.ical4j.model.property.Trigger;
import net.fortuna.ical4j.validate.ValidationEntry;

class ReadCalendar {
    static final List<String> HEAD =
        List.of("prodid", "version", "method", "name", "x-wr-calname", "x-published-ttl", "color");
    static final List<String> TEXTS = List.of("summary", "description", "location", "status",
        "class", "transp", "url", "contact", "color", "comment");
    static final List<String> NUMBERS = List.of("sequence", "priority", "percent-complete");
    static final List<String> STAMPS = List.of("dtstamp", "last-modified", "created", "completed");
    static final List<String> STAMP_NAMES = List.of("stamp", "modified", "created", "completed");

    public static void main(String[] files) throws Exception {
        System.setProperty("net.fortuna.ical4j.timezone.update.enabled", "false");
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String file : files) {
            StringBuilder line = new StringBuilder();
            Map<String, Object> found;
            try {
                found = read(Path.of(file));
            } catch (Exception refusal) {
                found = Map.of("calendar", Map.of(), "entries", List.of(), "validation",
                    List.of("refused: " + refusal));
            }
            write(line, found);
            out.println(line);
        }
        out.flush();
    }

    static Map<String, Object> read(Path path) throws Exception {
        Calendar calendar;
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            // A registry of its own: what one file says of a zone is nothing to the next.
            calendar = new CalendarBuilder(CalendarParserFactory.getInstance().get(),
                new TimeZoneRegistryImpl()).build(reader);
        }
        Map<String, Object> head = new LinkedHashMap<>();
        for (String key : HEAD)
            head.put(key, text(calendar, key));
        String refresh = text(calendar, "refresh-interval");
        head.put("refresh", refresh == null ? null
            : seconds(TemporalAmountAdapter.parse(refresh).getDuration()));
        List<Object> entries = new ArrayList<>();
        for (Component component : calendar.getComponents())
            if (List.of("VEVENT", "VTODO").contains(component.getName()))
                entries.add(entry(component));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("calendar", head);
        result.put("entries", entries);
        result.put("validation", calendar.validate(true).getEntries().stream()
            .map(ReadCalendar::said).collect(Collectors.toList()));
        return result;
    }

    static String said(ValidationEntry entry) {
        return entry.getSeverity() + " " + entry.getContext() + ": " + entry.getMessage();
    }

    static Map<String, Object> entry(Component component) {
        Map<String, Object> entry = new LinkedHashMap<>();
        Temporal start = when(component, "dtstart");
        Temporal end = when(component, "dtend") == null ? when(component, "due")
                                                        : when(component, "dtend");
        Duration length = (Duration) one(component, "duration");
        if (end == null && length != null) // hours are hours, also across a change of the clock
            end = start instanceof LocalDate ? start.plus(length.getDuration())
                                             : exact(start).plus(length.getDuration());
        entry.put("uid", text(component, "uid"));
        entry.put("kind", component.getName().substring(1).toLowerCase(Locale.ROOT));
        entry.put("start", instant(start));
        entry.put("end", instant(end));
        entry.put("duration", length == null ? null : seconds(length.getDuration()));
        entry.put("all_day", start instanceof LocalDate);
        entry.put("zone", start == null ? null : parameter(one(component, "dtstart"), "TZID"));
        for (String key : TEXTS)
            entry.put(key, text(component, key));
        for (String key : NUMBERS)
            entry.put(key, text(component, key) == null ? null : Integer.valueOf(text(component, key)));
        for (int i = 0; i < STAMPS.size(); i++)
            entry.put(STAMP_NAMES.get(i), instant(when(component, STAMPS.get(i))));
        entry.put("categories", all(component, "categories").stream()
            .flatMap(one -> ((Categories) one).getCategories().getTexts().stream())
            .collect(Collectors.toList()));
        entry.put("organizer", pairs(component, "organizer", "CN"));
        entry.put("attendees", pairs(component, "attendee", "CN"));
        entry.put("related", pairs(component, "related-to", "RELTYPE"));
        List<Object> alarms = new ArrayList<>();
        if (component instanceof ComponentContainer)
            for (Component one : ((ComponentContainer<?>) component).getComponents())
                if (one.getName().equals("VALARM"))
                    alarms.add(alarm(one));
        entry.put("alarms", alarms);
        entry.put("names", component.getProperties().stream().map(Property::getName).sorted()
            .collect(Collectors.toList()));
        return entry;
    }

    static Map<String, Object> alarm(Component component) {
        Map<String, Object> alarm = new LinkedHashMap<>();
        Trigger trigger = (Trigger) one(component, "trigger");
        alarm.put("action", text(component, "action"));
        alarm.put("trigger", trigger == null ? null : seconds(trigger.getDuration()));
        alarm.put("related", trigger == null ? null : parameter(trigger, "RELATED"));
        alarm.put("description", text(component, "description"));
        return alarm;
    }

    static List<Property> all(PropertyContainer container, String key) {
        return container.getProperties(key.toUpperCase(Locale.ROOT));
    }

    static Property one(PropertyContainer container, String key) {
        List<Property> found = all(container, key);
        if (found.size() > 1)
            throw new IllegalStateException(key + " is there " + found.size() + " times");
        return found.isEmpty() ? null : found.get(0);
    }

    static String text(PropertyContainer container, String key) {
        Property found = one(container, key);
        return found == null ? null : found.getValue();
    }

    static String parameter(Property property, String name) {
        return property.getParameter(name).map(found -> ((Parameter) found).getValue())
            .orElse(null);
    }

    static List<Object> pairs(Component component, String key, String parameter) {
        List<Object> pairs = new ArrayList<>();
        for (Property found : all(component, key)) {
            List<Object> pair = new ArrayList<>();
            pair.add(found.getValue());
            pair.add(parameter(found, parameter));
            pairs.add(pair);
        }
        return pairs;
    }

    static Temporal when(Component component, String key) {
        Property found = one(component, key);
        return found == null ? null : ((DateProperty<?>) found).getDate();
    }

    static Instant exact(Temporal time) {
        return time instanceof Instant ? (Instant) time
             : time instanceof OffsetDateTime ? ((OffsetDateTime) time).toInstant()
                                              : ((ZonedDateTime) time).toInstant();
    }

    /* A date as it is, a time with a zone in UTC, one without as it stands. */
    static String instant(Temporal time) {
        if (time == null)
            return null;
        if (time instanceof Instant || time instanceof ZonedDateTime || time instanceof OffsetDateTime)
            return exact(time).atOffset(ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'"));
        return time.toString();
    }

    static long seconds(TemporalAmount amount) {
        return new TemporalAmountAdapter(amount).toDuration().getSeconds();
    }

    // ---- JSON

    static void write(StringBuilder out, Object value) {
        if (value instanceof Map) {
            String between = "{";
            for (Map.Entry<?, ?> row : ((Map<?, ?>) value).entrySet()) {
                out.append(between);
                write(out, row.getKey());
                out.append(':');
                write(out, row.getValue());
                between = ",";
            }
            out.append('}');
        } else if (value instanceof Collection) {
            out.append('[');
            String between = "";
            for (Object one : (Collection<?>) value) {
                out.append(between);
                write(out, one);
                between = ",";
            }
            out.append(']');
        } else if (value instanceof String) {
            out.append('"');
            for (char c : ((String) value).toCharArray())
                out.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c)
                                                           : String.valueOf(c));
            out.append('"');
        } else {
            out.append(value);
        }
    }
}
