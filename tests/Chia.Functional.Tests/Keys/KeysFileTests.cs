using Chia.Functional.Tests.Support;
using Chia.Grains.Farmer;
using Chia.Grains.Harvester;
using Chia.Protocol.Primitives;
using Chia.Silo;
using Chia.Silo.Keys;
using Chia.Testing;

namespace Chia.Functional.Tests.Keys;

/// <summary><c>keys.yaml</c>: for its owner only, never overwritten, never quoted in an error (ROLES.md 2.2).</summary>
public sealed class KeysFileTests : IDisposable
{
    private const string Good = """
        farmer_sk: 0000000000000000000000000000000000000000000000000000000000000001
        farmer_target: 1111111111111111111111111111111111111111111111111111111111111111
        pool_sks:
        - 0000000000000000000000000000000000000000000000000000000000000002
        - 0000000000000000000000000000000000000000000000000000000000000003
        pool_target: 2222222222222222222222222222222222222222222222222222222222222222
        sk_seed: abababababababababababababababababababababababababababababababab

        """;

    private readonly TempFolder _root = new();

    private string Path => _root.File("keys.yaml");

    public void Dispose() => _root.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        var (farmer, harvester) = (FarmerKeys.Generate(), HarvesterKeys.Generate());
        KeysFile.Write(Path, farmer, harvester);
        var read = KeysFile.ReadFarmer(Path);
        Assert.Equal(farmer.FarmerKey.ToBytes(), read.FarmerKey.ToBytes());
        Assert.Equal(farmer.PoolKeys.Select(k => k.ToBytes()), read.PoolKeys.Select(k => k.ToBytes()));
        Assert.Equal((farmer.FarmerTarget, farmer.PoolTarget), (read.FarmerTarget, read.PoolTarget));
        Assert.Equal(harvester.ToBytes(), KeysFile.ReadHarvester(Path).ToBytes());
    }

    [Fact]
    public void The_reference_s_layout_is_read_digits_only_included()
    {
        Write("keys.yaml", Good);
        var keys = KeysFile.ReadFarmer(Path);
        Assert.Equal([2, 3], keys.PoolKeys.Select(k => k.ToBytes()[^1]));
        Assert.Equal(Bytes32.FromHex(new string('1', 64)), keys.FarmerTarget);
        Assert.Equal(Bytes32.FromHex(new string('2', 64)), keys.PoolTarget);
        Assert.All(KeysFile.ReadHarvester(Path).ToBytes(), b => Assert.Equal(0xab, b));
    }

    [Fact]
    public void Keys_are_written_in_order_as_plain_hexadecimal_and_foreign_ones_stay()
    {
        Write("keys.yaml", "wallet_target: keep me\n");
        KeysFile.Write(Path, FarmerKeys.Generate(), HarvesterKeys.Generate());
        var lines = File.ReadAllLines(Path);
        Assert.Equal(
            ["farmer_sk", "farmer_target", "pool_sks", "pool_target", "sk_seed", "wallet_target"],
            lines.Where(l => !l.StartsWith('-')).Select(l => l.Split(':')[0]));
        Assert.Contains("wallet_target: keep me", lines);
        Assert.All(lines.Where(l => l.StartsWith("- ", StringComparison.Ordinal)), l => Assert.Matches("^- '?[0-9a-f]{64}'?$", l));
    }

    [Fact]
    public void Text_that_looks_like_a_number_is_quoted()
    {
        Assert.Equal(YamlDotNet.Core.ScalarStyle.SingleQuoted, SecretYaml.Hex([0x12, 0x34]).Style);
        Assert.Equal(YamlDotNet.Core.ScalarStyle.SingleQuoted, SecretYaml.Hex([0x1e, 0x34]).Style);
        Assert.Equal(YamlDotNet.Core.ScalarStyle.Plain, SecretYaml.Hex([0x1a, 0x34]).Style);
    }

    [Theory]
    [InlineData("farmer_sk")]
    [InlineData("sk_seed")]
    [InlineData("pool_sks")]
    public void No_key_is_ever_overwritten(string present)
    {
        var before = present + ": something\n";
        Write("keys.yaml", before);
        var error = Assert.Throws<UserException>(() => KeysFile.Write(Path, FarmerKeys.Generate(), HarvesterKeys.Generate()));
        Assert.Contains(present, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void Only_the_owner_may_read_what_is_written()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no Unix modes");
            return;
        }

        // A leftover of a crash, open to all, must not lend its mode.
        var leftover = $"keys.yaml.{Guid.NewGuid():N}.tmp";
        Write(leftover, "leftover");
        File.SetUnixFileMode(_root.File(leftover), (UnixFileMode)0b110_110_110);
        KeysFile.Write(Path, FarmerKeys.Generate(), HarvesterKeys.Generate());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path));
        Assert.False(File.Exists(_root.File(leftover)));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_open_to_others_is_refused_with_the_remedy(UnixFileMode open)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no Unix modes");
            return;
        }

        Write("keys.yaml", Good);
        KeysFile.ReadFarmer(Path);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | open);
        var error = Assert.Throws<UserException>(() => KeysFile.ReadFarmer(Path));
        Assert.Contains($"chmod 600 {Path}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_says_how_to_make_one()
    {
        var error = Assert.Throws<UserException>(() => KeysFile.ReadFarmer(Path));
        Assert.Contains("chia keys generate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("farmer_sk: 00", "line 1", "farmer_sk")]
    [InlineData("farmer_sk: 0000000000000000000000000000000000000000000000000000000000000000", "line 1", "farmer_sk")]
    [InlineData("farmer_sk: zz00000000000000000000000000000000000000000000000000000000000001", "line 1", "farmer_sk")]
    [InlineData("farmer_sk: [a]", "line 1", "farmer_sk")]
    public void A_fault_is_named_with_its_line_and_without_its_value(string first, string line, string name)
    {
        Write("keys.yaml", first + Good[Good.IndexOf('\n')..]);
        var error = Assert.Throws<UserException>(() => KeysFile.ReadFarmer(Path));
        Assert.Contains(line, error.Message, StringComparison.Ordinal);
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Split(": ")[1], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pool_sks:\n- 0", "pool_target: x")]
    [InlineData("- a\n- b", "")]
    [InlineData("a: 'b", "")]
    public void Other_texts_are_refused(string text, string more)
    {
        Write("keys.yaml", $"{text}\n{more}\n");
        Assert.Throws<UserException>(() => KeysFile.ReadFarmer(Path));
    }

    private void Write(string name, string text)
    {
        File.WriteAllText(_root.File(name), text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_root.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
