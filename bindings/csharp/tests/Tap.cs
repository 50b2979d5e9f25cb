// Tap.cs -- "ok 1 - name", for tests/run.sh to count.
using System;

public static class Tap
{
    private static int count, failed;

    public static void Test(string name, Action test)
    {
        try
        {
            test();
            Ok(name, null);
        }
        catch (Exception wrong)
        {
            Ok(name, wrong.ToString());
        }
    }

    public static void Skip(string name, string why)
    {
        Console.WriteLine("ok {0} - {1} # SKIP {2}", ++count, name, why);
    }

    private static void Ok(string name, string wrong)
    {
        Console.WriteLine("{0}ok {1} - {2}", wrong == null ? "" : "not ", ++count, name);
        if (wrong == null)
            return;
        failed++;
        foreach (string line in wrong.Split('\n'))
            Console.WriteLine("#   " + (line.Length > 300 ? line.Substring(0, 300) : line));
    }

    public static int End()
    {
        Console.WriteLine("1.." + count);
        if (failed > 0)
            Console.WriteLine("# {0} of {1} failed", failed, count);
        return failed == 0 ? 0 : 1;
    }

    // ---- What a test says ----------------------------------------------------------------------------

    public static void That(bool holds, string what)
    {
        if (!holds)
            throw new Exception("not so: " + what);
    }

    public static void Equal(object wanted, object got, string what)
    {
        if (!Equals(wanted, got))
            throw new Exception(what + ": wanted " + (wanted ?? "null") + ", got " + (got ?? "null"));
    }

    public static T Throws<T>(Action does) where T : Exception
    {
        try
        {
            does();
        }
        catch (T thrown)
        {
            return thrown;
        }
        throw new Exception("no " + typeof(T).Name);
    }
}
