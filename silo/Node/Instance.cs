using Chia.Silo.Configuration;

namespace Chia.Silo.Node;

/// <summary>
/// Which of several nodes on one machine (OPERATIONS 2): 0 for the first. Each has a folder of its own, and ports that are shifted unless
/// somebody named them.
/// </summary>
/// <param name="Number">0 to <see cref="Most"/>.</param>
internal readonly record struct Instance(int Number)
{
    /// <summary>The variable that sets it where no option does.</summary>
    public const string Variable = "CHIA_INSTANCE";

    /// <summary>How far apart the ports of two instances are: a network's roles take ten.</summary>
    public const int Step = 10;

    /// <summary>The greatest instance: ports end at 65535, and the highest port that is shifted is in the thirty thousands.</summary>
    public const int Most = 1000;

    /// <summary>Added to every port that nobody named.</summary>
    public int PortShift => Number * Step;

    /// <summary>A port, or that of another role on this machine: shifted, unless it was configured or is any.</summary>
    public int Shift(NodeConfiguration configuration, string path, int port) =>
        port == 0 || configuration.IsSet(path) ? port : port + PortShift;

    /// <summary>The port of its API if nobody says.</summary>
    public int ApiPort => Node.ApiPort.Default + PortShift;

    /// <summary>Its root folder, beside that of the first.</summary>
    public string Folder(string root) =>
        Number == 0 ? root : $"{root.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar)}-{Number}";
}
