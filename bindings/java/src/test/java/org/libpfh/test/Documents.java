package org.libpfh.test;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.libpfh.Word;

/** JSON, read and compared. */
final class Documents {
    private Documents() {}

    static JsonElement read(String text) {
        return JsonParser.parseString(text);
    }

    /** The text of a key; null where it is absent or null. */
    static String text(JsonObject row, String key) {
        JsonElement value = row.get(key);
        return value == null || value.isJsonNull() ? null : value.getAsString();
    }

    static LocalDate date(JsonObject row, String key) {
        String text = text(row, key);
        return text == null ? null : LocalDate.parse(text);
    }

    static boolean flag(JsonObject row, String key) {
        return row.has(key) && !row.get(key).isJsonNull() && row.get(key).getAsBoolean();
    }

    /** What a value of the binding is in a document. */
    static JsonElement of(Object value) {
        if (value == null)
            return JsonNull.INSTANCE;
        if (value instanceof JsonElement element)
            return element;
        if (value instanceof Number number)
            return new JsonPrimitive(number);
        if (value instanceof Boolean flag)
            return new JsonPrimitive(flag);
        if (value instanceof Word word)
            return new JsonPrimitive(word.word());
        if (value instanceof Collection<?> list)
            return list(list.toArray());
        return new JsonPrimitive(value.toString());
    }

    static JsonArray list(Object... values) {
        JsonArray list = new JsonArray();
        for (Object value : values)
            list.add(of(value));
        return list;
    }

    /** An object: key, value, key, value. */
    static JsonObject object(Object... pairs) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2)
            object.add((String) pairs[i], of(pairs[i + 1]));
        return object;
    }

    /** Whether {@code got} has all that {@code wanted} gives, at every level; lists have the same length. */
    static boolean covers(JsonElement wanted, JsonElement got) {
        if (got == null)
            return false;
        if (wanted.isJsonArray() && got.isJsonArray())
            return listCovers(wanted.getAsJsonArray(), got.getAsJsonArray());
        if (!wanted.isJsonObject() || !got.isJsonObject())
            return wanted.equals(got);
        for (Map.Entry<String, JsonElement> member : wanted.getAsJsonObject().entrySet())
            if (!covers(member.getValue(), got.getAsJsonObject().get(member.getKey())))
                return false;
        return true;
    }

    private static boolean listCovers(JsonArray wanted, JsonArray got) {
        Iterator<JsonElement> other = got.iterator();
        for (JsonElement each : wanted)
            if (!other.hasNext() || !covers(each, other.next()))
                return false;
        return !other.hasNext();
    }
}
