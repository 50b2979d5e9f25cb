// Main.cs -- tests.exe NAME [ARGUMENTS]: runs the tests of a name, see test.sh.
using System;
using System.IO;

public static class Program
{
    public static int Main(string[] arguments)
    {
        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(false)) { AutoFlush = true });
        switch (arguments[0])
        {
            case "story": Story.Run(arguments[1], arguments[2]); break;
            default: Console.Error.WriteLine("no tests of that name: " + arguments[0]); return 2;
        }
        return Tap.End();
    }
}
