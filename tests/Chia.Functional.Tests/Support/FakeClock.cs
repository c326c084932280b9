using System.Globalization;

namespace Chia.Functional.Tests.Support;

/// <summary>
/// The time of day of a child process, by Debian's package <c>faketime</c>: a library that stands between the process and the clock. Its
/// monotonic clock goes on undisturbed, as when an operator or a time server sets a machine's clock.
/// </summary>
internal sealed class FakeClock : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly string _library;

    private FakeClock(string library)
    {
        _library = library;
        Set(TimeSpan.Zero);
    }

    /// <summary>What a process must be started with.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("LD_PRELOAD", _library),
        ("FAKETIME_TIMESTAMP_FILE", _file),
        ("FAKETIME_NO_CACHE", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("DONT_FAKE_MONOTONIC", "1"),
    ];

    /// <summary>Skips the test, loudly, where the library is not installed.</summary>
    public static FakeClock Create()
    {
        var library = new[] { "/usr/lib", "/usr/lib64" }
            .Where(Directory.Exists)
            .SelectMany(
                folder =>
                Directory.GetFiles(
                folder, "libfaketimeMT.so.1", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }))
            .FirstOrDefault();
        Assert.SkipWhen(library is null, "libfaketime is not installed (apt-get install faketime): a clock that is set is NOT tested");
        return new FakeClock(library!);
    }

    /// <summary>From now on the process's time of day is ours and so much more.</summary>
    public void Set(TimeSpan ahead)
    {
        // Whole, or not at all: the library reads it at any moment.
        var next = _file + ".next";
        File.WriteAllText(next, ahead.TotalSeconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(next, _file, overwrite: true);
    }

    public void Dispose() => File.Delete(_file);
}
