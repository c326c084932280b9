using System.Globalization;

namespace Chia.Silo.Views;

/// <summary>Amounts as people read them. Every duration, size and count that is shown is spelled here.</summary>
internal static class Amounts
{
    /// <summary>Beyond this nobody cares how long.</summary>
    private const double MostDays = 9999;

    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary><c>04:05:06</c>, <c>3 d 04:05:06</c>; never less than nothing.</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
            time = TimeSpan.Zero;
        if (time.TotalDays > MostDays)
            return string.Create(CultureInfo.InvariantCulture, $"over {MostDays:0} d");
        var clock = time.ToString(@"hh\:mm\:ss", CultureInfo.InvariantCulture);
        return time.Days == 0 ? clock : string.Create(CultureInfo.InvariantCulture, $"{time.Days} d {clock}");
    }

    /// <summary>As <see cref="Duration(TimeSpan)"/>, from any number of seconds.</summary>
    public static string Duration(double seconds) => Duration(
        double.IsNaN(seconds) || seconds <= 0 ? TimeSpan.Zero
        : seconds / TimeSpan.SecondsPerDay > MostDays + 1 ? TimeSpan.MaxValue
        : TimeSpan.FromSeconds(seconds));

    /// <summary><c>512 B</c>, <c>1.5 MiB</c>: powers of 1024.</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (Math.Abs(bytes) >= 1023.95 && unit < Units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return bytes.ToString(unit == 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    /// <summary><c>512</c>, <c>1.5M</c>: bytes in at most six characters, for columns.</summary>
    public static string ShortBytes(double bytes) => Bytes(bytes) is var text && text.EndsWith(" B", StringComparison.Ordinal)
        ? text[..^2]
        : text.Replace(" ", "", StringComparison.Ordinal).Replace("iB", "", StringComparison.Ordinal);

    /// <summary><c>45s</c>, <c>4m10s</c>, <c>2h05m</c>, <c>3d04h</c>: in at most six characters, for columns.</summary>
    public static string ShortDuration(double seconds)
    {
        var time = TimeSpan.FromSeconds(double.IsNaN(seconds) ? 0 : Math.Clamp(seconds, 0, MostDays * TimeSpan.SecondsPerDay));
        return time.TotalMinutes < 1 ? $"{time.Seconds}s"
            : time.TotalHours < 1 ? $"{time.Minutes}m{time.Seconds:00}s"
            : time.TotalDays < 1 ? $"{time.Hours}h{time.Minutes:00}m"
            : time.TotalDays < 100 ? $"{time.Days}d{time.Hours:00}h"
            : $"{time.Days}d";
    }

    /// <summary><c>1,234,567</c>.</summary>
    public static string Count(double count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 silo</c>, <c>2 silos</c>.</summary>
    public static string Plural(double count, string what) => $"{Count(count)} {what}{(count == 1 ? "" : "s")}";
}
