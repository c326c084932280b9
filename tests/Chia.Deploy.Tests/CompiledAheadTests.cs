using System.Diagnostics;
using System.Reflection;
using System.Reflection.PortableExecutable;
using Chia.Silo;
using Chia.Testing;

namespace Chia.Deploy.Tests;

/// <summary>What a build leaves to start is compiled ahead (docs/performance.md, Start), wherever the compiler can be had.</summary>
public class CompiledAheadTests
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>Orleans itself, its largest parts, and somebody else's.</summary>
    [Theory]
    [InlineData("Orleans.Runtime.dll")]
    [InlineData("Orleans.Core.dll")]
    [InlineData("Orleans.Serialization.dll")]
    [InlineData("System.CommandLine.dll")]
    public void The_output_holds_compiled_packages(string assembly) => RequireImage(assembly);

    /// <summary>The runtime takes no image of an assembly that is not optimised: there are none then.</summary>
    [Theory]
    [InlineData("chia.dll")]
    [InlineData("Chia.Grains.dll")]
    [InlineData("Chia.Sync.dll")]
    public void The_output_holds_our_own_assemblies_compiled_unless_they_are_for_debugging(string assembly)
    {
        var debugging = typeof(UserException).Assembly.GetCustomAttribute<DebuggableAttribute>();
        Assert.SkipWhen(debugging?.IsJITOptimizerDisabled == true, "built with -p:Optimize=false");
        RequireImage(assembly);
    }

    private static void RequireImage(string assembly)
    {
        Assert.SkipUnless(HasCompiler(), "the compiler's package could not be had");
        var path = Checkout.At("silo", "bin", Configuration, $"net{Environment.Version.Major}.0", assembly);
        using var image = new PEReader(File.OpenRead(path));

        Assert.True(image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{path} is IL only");
    }

    /// <summary>What the build left of its work: without the compiler there is none.</summary>
    private static bool HasCompiler() => Directory.Exists(Checkout.At("silo", "obj", "ahead"))
        && Directory.EnumerateFiles(Checkout.At("silo", "obj", "ahead"), "*.rsp", SearchOption.AllDirectories).Any();
}
