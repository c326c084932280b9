namespace Chia.Page.Tests.Support;

/// <summary>The system's Chromium: none is downloaded. Where it is missing the page's tests are skipped, and say so.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Its program; null if it is not installed.</summary>
    public static string? Program { get; } =
        new[] { Environment.GetEnvironmentVariable("CHIA_TEST_CHROMIUM") ?? "" }.Concat(Places).FirstOrDefault(File.Exists);

    public static void Require() =>
        Assert.SkipUnless(
            Program is not null, "Chromium is not installed (apt-get install chromium): the page is NOT tested in a browser");
}
