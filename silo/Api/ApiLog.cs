namespace Chia.Silo.Api;

/// <summary>Log lines of the API.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(1, LogLevel.Error, "A request for {Path} failed")]
    public static partial void Failed(ILogger log, Exception error, string path);
}
