using System.Diagnostics;
using Chia.Testing;

namespace Chia.Storage.Tests.Support;

/// <summary>The other process of a test that needs two: Chia.Storage.CrashWriter, built beside this assembly in the same
/// configuration.</summary>
internal static class WriterProcess
{
    private const string Name = "Chia.Storage.CrashWriter";

    internal static Process Start(params string[] arguments)
    {
        var output = Path.GetRelativePath(Checkout.At("tests", "Chia.Storage.Tests"), AppContext.BaseDirectory);
        var assembly = Checkout.At("tests", Name, output, Name + ".dll");
        return Process.Start(
            new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
    }
}
