// Dates.cs -- dates of the library, which are numbers of days, as DateTime.
#nullable enable
using System;

namespace Pfh
{
    internal static class Dates
    {
        private static readonly DateTime Epoch = new DateTime(1970, 1, 1);

        internal static DateTime From(int days) => Epoch.AddDays(days);

        internal static int To(DateTime date, string name) =>
            (int)((Whole(date, name).Ticks - Epoch.Ticks) / TimeSpan.TicksPerDay);

        // A time of day would be lost, and with it perhaps the day: that is refused.
        private static DateTime Whole(DateTime date, string name)
        {
            if (!Written.IsDay(date))
                throw new ArgumentException("a date has no time of day here: give DateTime.Date", name);
            return date;
        }
    }
}
