using Chia.Silo.Configuration;
using Chia.Silo.Views;
using Chia.Storage.Files;

namespace Chia.Silo.Keys;

/// <summary>The secret that lets others than this machine ask the API (OPERATIONS 3): from a file that only its owner and its group can
/// read, or from the environment.</summary>
internal static class ApiToken
{
    /// <summary>Shorter is guessed: half of what openssl rand -hex 16 makes.</summary>
    private const int Shortest = 16;

    /// <summary>The group may read: where Kubernetes mounts a secret, the process has it by its group.</summary>
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.GroupWrite;

    /// <summary>The token of an API that others can reach.</summary>
    /// <exception cref="UserException">There is none, or others can read it; says what to do.</exception>
    public static string Require(NodeConfiguration configuration, string root) => Find(configuration, root)
        ?? throw new UserException(
            "rpc_host opens the API to other machines, and there is no token: name a file with rpc_token_file (CHIA_RPC_TOKEN_FILE), "
            + "made with: (umask 077; openssl rand -hex 16 > FILE)");

    /// <summary>The token that the configuration names; null if it names none.</summary>
    /// <exception cref="UserException">It cannot be read, others can read it, or it is too short.</exception>
    public static string? Find(NodeConfiguration configuration, string root)
    {
        if (configuration["rpc_token_file"] is { Length: > 0 } file)
            return Read(Path.GetFullPath(file, Path.GetFullPath(root)));
        return configuration["rpc_token"] is { Length: > 0 } token ? Check(token, "rpc_token") : null;
    }

    /// <summary>The content of a token's file.</summary>
    /// <exception cref="UserException">It cannot be read, others can read it, or it is too short.</exception>
    public static string Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
                throw new UserException($"{path} holds the API's token and is open to others: close it with: chmod 600 {path}");
            return Check((SharedFile.Read(path) ?? throw new FileNotFoundException("it is not there")).Trim(), path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"cannot read the API's token from {path}: {Printable.Escape(FileFault.OfFile(path, error))}");
        }
    }

    private static string Check(string token, string source) =>
        token.Length >= Shortest && token.All(c => c is > ' ' and < (char)127)
            ? token
            : throw new UserException($"{source}: a token has at least {Shortest} letters and digits: make one with: openssl rand -hex 16");
}
