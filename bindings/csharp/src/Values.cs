// Values.cs -- equality and text of the values that classes.c generates.
#nullable enable
using System;
using System.Collections;
using System.Globalization;
using System.Linq;
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

        // "PlanTask { Id = 2.offer, Kind = Offer }": what is absent is left out.
        internal static string Show(string type, string[] names, object?[] fields)
        {
            StringBuilder text = new StringBuilder(type).Append(" {");
            string between = " ";
            for (int i = 0; i < fields.Length; i++)
            {
                if (fields[i] == null)
                    continue;
                text.Append(between).Append(names[i]);
                if (fields[i] is IList rows && HasRows(rows))
                    text.Append(".Count = ").Append(rows.Count.ToString(CultureInfo.InvariantCulture));
                else
                    text.Append(" = ").Append(Show(fields[i]));
                between = ", ";
            }
            return text.Append(" }").ToString();
        }

        // Numbers and words fit into the line; rows, which have a line of their own each, do not.
        private static bool HasRows(IList list) => list.Count > 0 && !(list[0] is ValueType || list[0] is string);

        private static string Show(object? field)
        {
            if (field is DateTime date)
                return date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (field is IList list)
                return "[" + string.Join(", ", list.Cast<object>().Select(Show)) + "]";
            return Convert.ToString(field, CultureInfo.InvariantCulture) ?? "";
        }
    }
}
