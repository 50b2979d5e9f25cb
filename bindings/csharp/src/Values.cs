// Values.cs -- equality and text of the values that classes.c generates.
#nullable enable
using System;
using System.Collections;
using System.Globalization;
using System.Text;

namespace Pfh
{
    internal static class Values
    {
        internal static bool Same(object?[] mine, object?[] theirs)
        {
            for (int i = 0; i < mine.Length; i++)
                if (!SameField(mine[i], theirs[i]))
                    return false;
            return true;
        }

        private static bool SameField(object? mine, object? theirs)
        {
            if (!(mine is IList list) || !(theirs is IList other))
                return Equals(mine, theirs);
            for (int i = 0; i < list.Count && i < other.Count; i++)
                if (!Equals(list[i], other[i]))
                    return false;
            return list.Count == other.Count;
        }

        internal static int Hash(object?[] fields)
        {
            int hash = 17;
            foreach (object? field in fields)
                hash = unchecked(hash * 31 + (field is IList list ? list.Count : field == null ? 0 : field.GetHashCode()));
            return hash;
        }

        /// <summary>"PlanTask { Id = 2.offer, Kind = Offer }": what is absent is left out.</summary>
        internal static string Show(string type, string[] names, object?[] fields)
        {
            StringBuilder text = new StringBuilder(type).Append(" {");
            string between = " ";
            for (int i = 0; i < fields.Length; i++)
            {
                if (fields[i] == null)
                    continue;
                text.Append(between).Append(names[i]).Append(" = ").Append(Show(fields[i]));
                between = ", ";
            }
            return text.Append(" }").ToString();
        }

        private static string Show(object? field)
        {
            if (field is DateTime date)
                return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (field is IList list)
                return "[" + list.Count.ToString(CultureInfo.InvariantCulture) + "]";
            return Convert.ToString(field, CultureInfo.InvariantCulture) ?? "";
        }
    }
}
