namespace Chia.Functional.Tests.Support;

/// <summary>Tests that take minutes run only when they are asked for.</summary>
internal static class LongTest
{
    public static void SkipUnlessWanted() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CHIA_LONG_TESTS") == "1", "takes minutes; CHIA_LONG_TESTS=1 runs it");
}
