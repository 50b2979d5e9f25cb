#nullable enable
using System;
using System.Collections.Generic;

namespace Pfh
{
    // What was given as an argument, or an exception that names it.
    internal static class Given
    {
        internal static IReference Self(Pathway? given, string name) => (given ?? throw Null(name)).Self;
        internal static IReference Self(Plan? given, string name) => (given ?? throw Null(name)).Self;
        internal static IReference Self(Policy? given, string name) => (given ?? throw Null(name)).Self;
        internal static IReference Self(Record? given, string name) => (given ?? throw Null(name)).Self;

        internal static IReference[] Selves(IEnumerable<Plan>? given, string name)
        {
            List<IReference> selves = new List<IReference>();
            foreach (Plan plan in given ?? throw Null(name))
                selves.Add(Self(plan, name));
            return selves.ToArray();
        }

        internal static ArgumentNullException Null(string name) => new ArgumentNullException(name);
    }
}
