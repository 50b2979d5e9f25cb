#nullable enable
using System;
using System.Globalization;

namespace Pfh
{
    internal static class Written
    {
        /// <summary>A value as the documents write it.</summary>
        internal static string? TextOf(object? value)
        {
            if (value == null || value is string)
                return (string?)value;
            if (value is int number && number != int.MinValue)
                return number.ToString(CultureInfo.InvariantCulture);
            if (value is DateTime date)
                return Dates.Whole(date, nameof(value)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return Words.Of(value) ??
                throw new ArgumentException($"a {value.GetType().Name} is no value here: {value}", nameof(value));
        }
    }
}
