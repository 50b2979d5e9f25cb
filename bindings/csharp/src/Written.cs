// Written.cs -- values that keys are set to, as the documents write them.  No error repeats a value: it may be personal.
#nullable enable
using System;
using System.Globalization;

namespace Pfh
{
    internal static class Written
    {
        // What is set by its text: all but numbers, flags and days, where the library has calls for those.
        internal static string? TextOf(string key, object? value)
        {
            if (value == null || value is string)
                return (string?)value;
            if (value is DateTime time)
                return TimeOf(key, time);
            if (value is DateTimeOffset moment)
                return Timestamp(moment.UtcDateTime);
            if (value is Edition edition)
                return edition.Name;
            return NumberOf(key, value)?.ToString(CultureInfo.InvariantCulture) ?? Words.Of(value) ??
                throw new ArgumentException(key + ": " + Named(value.GetType().Name) + " is no value here", nameof(value));
        }

        // A whole number of any type; null: it is none.
        internal static int? NumberOf(string key, object? value)
        {
            if (!IsWhole(value))
                return null;
            decimal number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            if (number <= int.MinValue || number > int.MaxValue) // the least of them stands for "none" in C
                throw new PfhException(Status.Argument, nameof(value), key + " must be a whole number that fits into an int");
            return (int)number;
        }

        // Whether a date has nothing but its day.
        internal static bool IsDay(DateTime time) => time.TimeOfDay == TimeSpan.Zero;

        private static bool IsWhole(object? value) =>
            value is int || value is long || value is short || value is sbyte ||
            value is uint || value is ulong || value is ushort || value is byte;

        // A time that belongs to no zone is one on the clock in Oslo, as appointments are; another is a moment.
        private static string TimeOf(string key, DateTime time)
        {
            if (IsDay(time))
                return time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (time.Kind != DateTimeKind.Unspecified)
                return Timestamp(time.ToUniversalTime());
            if (time.Ticks % TimeSpan.TicksPerMinute != 0)
                throw new ArgumentException(key + ": an appointment starts at a whole minute", "value");
            return time.ToString("yyyy-MM-dd'T'HH':'mm", CultureInfo.InvariantCulture);
        }

        private static string Timestamp(DateTime utc) =>
            utc.ToString("yyyy-MM-dd'T'HH':'mm':'ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

        // "an Int64"; "a UInt64", which begins like "you".
        private static string Named(string type) => ("AEIO".IndexOf(type[0]) >= 0 ? "an " : "a ") + type;
    }
}
