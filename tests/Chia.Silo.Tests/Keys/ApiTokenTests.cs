using Chia.Silo.Configuration;
using Chia.Silo.Keys;
using Chia.Testing;

namespace Chia.Silo.Tests.Keys;

/// <summary>The token of an API that other machines reach (OPERATIONS 3).</summary>
public sealed class ApiTokenTests : IDisposable
{
    private const string Token = "0123456789abcdef0123456789abcdef";

    private readonly TempFolder _folder = new();

    [Fact]
    public void It_comes_from_a_file_of_its_owner()
    {
        Write(Token + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Equal(Token, ApiToken.Find(Configured("rpc_token_file=token"), _folder.Path));
    }

    [Fact]
    public void It_comes_from_the_environment() =>
        Assert.Equal(Token, ApiToken.Find(Configured($"rpc_token={Token}"), _folder.Path));

    [Fact]
    public void A_file_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no such modes");
        Write(Token, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Assert.Contains("chmod 600", Refused("rpc_token_file=token"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rpc_token=short")]
    [InlineData("rpc_token=with spaces within it")]
    [InlineData("rpc_token_file=nothing-there")]
    public void What_is_no_token_is_refused(string setting) => Refused(setting);

    [Fact]
    public void Without_one_an_open_port_is_refused_with_what_mends_it() =>
        Assert.Contains(
            "rpc_token_file",
            Assert.Throws<UserException>(() => ApiToken.Require(new NodeConfiguration(), _folder.Path)).Message,
            StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private string Refused(string setting) =>
        Assert.Throws<UserException>(() => ApiToken.Find(Configured(setting), _folder.Path)).Message;

    private static NodeConfiguration Configured(string setting)
    {
        var configuration = new NodeConfiguration();
        configuration.SetOption(setting);
        return configuration;
    }

    private void Write(string text, UnixFileMode mode)
    {
        var path = _folder.File("token");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, mode);
    }
}
