namespace Chia.Silo.Api.Requests;

/// <summary>Where the API is, for those who answer and those who ask.</summary>
internal static class ApiPaths
{
    public const string Prefix = "/api/v1";

    public const string Status = $"{Prefix}/status";

    public const string Stop = $"{Prefix}/stop";
}
