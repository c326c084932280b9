namespace Chia.Silo;

/// <summary>
/// Something the person at the keyboard can mend: wrong usage, a damaged file, a port in use. One clear line on standard error, and exit
/// code 2 unless the command says otherwise.
/// </summary>
public sealed class UserException : Exception
{
    public UserException(string message, int exitCode = 2)
        : base(message) => ExitCode = exitCode;

    /// <param name="message">The line.</param>
    /// <param name="cause">What was met.</param>
    public UserException(string message, Exception cause)
        : base(message, cause) => ExitCode = 2;

    public int ExitCode { get; }
}
