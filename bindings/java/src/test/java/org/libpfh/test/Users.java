package org.libpfh.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

/** Who may use an object at once, and when it is freed: the counting alone, which no other test can time. */
class Users {
    private final List<Long> freed = new ArrayList<>();
    private final Object handle;

    Users() throws ReflectiveOperationException {
        Class<?> type = Class.forName("org.libpfh.Handle");
        Constructor<?> constructor = type.getDeclaredConstructor(long.class, LongConsumer.class);
        constructor.setAccessible(true);
        handle = constructor.newInstance(42L, (LongConsumer) freed::add);
    }

    private void call(String name) throws Throwable {
        Method method = handle.getClass().getDeclaredMethod(name);
        method.setAccessible(true);
        try {
            method.invoke(handle);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void refused(String name, String message) {
        assertEquals(message, assertThrows(IllegalStateException.class, () -> call(name)).getMessage());
    }

    @Test
    void whatNobodyUsesIsFreedAtOnceAndOnce() throws Throwable {
        call("enter");
        call("leave");
        assertEquals(List.of(), freed);
        call("run");
        call("run");
        assertEquals(List.of(42L), freed);
    }

    @Test
    void theLastReaderFreesWhatWasClosed() throws Throwable {
        call("enter");
        call("enter");
        call("run");
        refused("enter", "closed");
        call("leave");
        assertEquals(List.of(), freed);
        call("leave");
        call("run");
        assertEquals(List.of(42L), freed);
    }

    @Test
    void whoChangesIsAlone() throws Throwable {
        call("enter");
        refused("enterAlone", "in use by another call");
        call("leave");
        call("enterAlone");
        refused("enter", "in use by another call");
        refused("enterAlone", "in use by another call");
        call("leaveAlone");
        call("enter");
        call("leave");
    }

    @Test
    void whoChangesFreesWhatWasClosed() throws Throwable {
        call("enterAlone");
        call("run");
        refused("enter", "closed");
        assertEquals(List.of(), freed);
        call("leaveAlone");
        assertEquals(List.of(42L), freed);
        refused("enterAlone", "closed");
    }
}
