%% SPDX-License-Identifier: Apache-2.0
%% The same cases as the Java side, done by Erlang/OTP. Prints one figure, as a line of JSON.
%%   erl -noshell -run bench main SUITE CASE SIZE THREADS WARMUP_MS MEASUREMENT_MS SAMPLES
-module(bench).
-behaviour(gen_server).
-export([main/1]).
-export([start_link/1, init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(MESSAGES, 100000).
-define(CALLS, 1000).
-define(HOPS, 10000).
-define(SPAWNED, 1000).
-define(FIRST, 100).
-define(MOST_REPETITIONS, 10).
-define(WARMUP_SIZE, 1000).
-define(PAUSE_MS, 4).
-define(MOST_PICKS, 1 bsl 20).
-define(BATCH, 100).
-define(RANGE, 100).
-define(RANGES, 1000).
-define(TEXTS, {a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p}).

main([Suite, Case | Numbers]) ->
    [Size, Threads | Effort] = [list_to_integer(Number) || Number <- Numbers],
    %% Children are killed on purpose: nobody wants to read of it.
    logger:set_primary_config(level, none),
    try run({Suite, Case}, Size, Threads, Effort) of
        {Value, none} -> io:format("{\"value\":~.1f}~n", [float(Value)]), halt(0);
        {Value, Error} -> io:format("{\"value\":~.1f,\"error\":~.1f}~n", [float(Value), float(Error)]), halt(0)
    catch
        Class:Reason:Stack ->
            io:format(standard_error, "~p: ~p~n~p~n", [Class, Reason, Stack]),
            halt(1)
    end.

%%% Suite processes

run({"processes", "tell"}, _, 1, Effort) ->
    Sink = server(self()),
    repeat(Effort, fun() ->
        nanos(?MESSAGES, fun() ->
            times(?MESSAGES - 1, fun(_) -> gen_server:cast(Sink, more) end),
            gen_server:cast(Sink, last),
            receive done -> ok end
        end)
    end);
run({"processes", "call"}, _, Threads, Effort) ->
    Echo = server(self()),
    repeat(Effort, fun() ->
        nanos(?CALLS * Threads, fun() ->
            parallel(Threads, fun(_) -> times(?CALLS, fun(_) -> gen_server:call(Echo, request) end) end)
        end)
    end);
run({"processes", "call_between"}, _, 1, Effort) ->
    Echo = server(self()),
    Caller = server(self()),
    repeat(Effort, fun() ->
        nanos(?CALLS, fun() ->
            gen_server:cast(Caller, {call, Echo, ?CALLS}),
            receive done -> ok end
        end)
    end);
run({"processes", "ring"}, Size, 1, Effort) ->
    Members = [First | Rest] = [server(self()) || _ <- lists:seq(1, Size)],
    lists:foreach(fun({Member, Next}) -> gen_server:cast(Member, {next, Next}) end,
                  lists:zip(Members, Rest ++ [First])),
    repeat(Effort, fun() ->
        nanos(?HOPS, fun() ->
            gen_server:cast(First, {hop, ?HOPS}),
            receive done -> ok end
        end)
    end);
run({"processes", "spawn"}, _, 1, Effort) ->
    repeat(Effort, fun() ->
        Begin = erlang:monotonic_time(nanosecond),
        Spawned = [server(none) || _ <- lists:seq(1, ?SPAWNED)],
        Nanos = (erlang:monotonic_time(nanosecond) - Begin) / ?SPAWNED,
        lists:foreach(fun finish/1, Spawned),
        Nanos
    end);
run({"processes", "spawn_and_end"}, _, 1, Effort) ->
    repeat(Effort, fun() -> nanos(?SPAWNED, fun() -> times(?SPAWNED, fun(_) -> finish(server(none)) end) end) end);
run({"processes", "memory"}, Size, 1, _) ->
    times(?FIRST, fun(_) -> server(none) end),
    Before = memory(),
    times(Size, fun(_) -> server(none) end),
    {(memory() - Before) / Size, none};

%%% Suite supervisors

run({"supervisors", "start_child"}, Size, Threads, Effort) ->
    starts(one_for_one, Size, Threads, Effort);
run({"supervisors", "start_child_simple"}, Size, Threads, Effort) ->
    starts(simple_one_for_one, Size, Threads, Effort);
run({"supervisors", "restart_median"}, _, 1, Effort) ->
    restarts(0.5, Effort);
run({"supervisors", "restart_p99"}, _, 1, Effort) ->
    restarts(0.99, Effort);
run({"supervisors", "memory"}, Size, 1, _) ->
    Supervisor = family(one_for_one),
    times(?FIRST, fun(Number) -> start_child(one_for_one, Supervisor, Number) end),
    Before = memory(),
    times(Size, fun(Number) -> start_child(one_for_one, Supervisor, ?FIRST + Number) end),
    {(memory() - Before) / Size, none};

%%% Suite tables

run({"tables", "set_" ++ Case}, Size, Threads, Effort) ->
    table(set, Case, Size, Threads, briefly(Effort));
run({"tables", "ordered_" ++ Case}, Size, Threads, Effort) ->
    table(ordered_set, Case, Size, Threads, briefly(Effort));

%%% Suite memory

run({"memory", "set_" ++ Rows}, Size, 1, _) ->
    {bytes_per_row(set, Rows, Size), none};
run({"memory", "ordered_" ++ Rows}, Size, 1, _) ->
    {bytes_per_row(ordered_set, Rows, Size), none};

%%% Suite ownership

run({"ownership", "give_away"}, Size, 1, Effort) ->
    Table = ets:new(given, [set]),
    fill(Table, Size),
    Self = self(),
    Other = spawn_link(fun() -> give_back(Self) end),
    repeat(Effort, fun() -> nanos(?CALLS, fun() -> times(?CALLS, fun(_) ->
        ets:give_away(Table, Other, gift),
        receive {'ETS-TRANSFER', Table, _, _} -> ok end
    end) end) end);
run({"ownership", "protected_write"}, Size, 1, Effort) ->
    Table = ets:new(protected, [set, protected]),
    fill(Table, Size),
    rows("overwrite", Table, Size, 1, briefly(Effort)).

give_back(To) ->
    receive {'ETS-TRANSFER', Table, _, _} -> ets:give_away(Table, To, gift) end,
    give_back(To).

%%% Tables: rows of a key, an atom that they share, a number

%% Operations that take nanoseconds are warm sooner.
briefly([WarmupMs, MeasurementMs, Samples]) ->
    [WarmupMs div 4, MeasurementMs div 4, Samples].

table(Type, "insert_new", Size, 1, Effort) ->
    Rows = [row(Number) || Number <- lists:seq(0, Size - 1)],
    repeat(Effort, fun() ->
        nanos(Size, fun() ->
            Table = ets:new(rows, [Type, public]),
            lists:foreach(fun(Row) -> ets:insert_new(Table, Row) end, Rows),
            ets:delete(Table)
        end)
    end);
table(Type, Case, Size, Threads, Effort) ->
    Concurrency = if Threads > 1 -> [{read_concurrency, true}, {write_concurrency, true}]; true -> [] end,
    Table = ets:new(rows, [Type, public | Concurrency]),
    fill(Table, Size),
    rows(Case, Table, Size, Threads, Effort).

rows("scan", Table, Size, 1, Effort) ->
    repeat(Effort, fun() ->
        nanos(Size, fun() -> ets:select_count(Table, [{{'_', '_', '$1'}, [{'>=', '$1', Size div 2}], [true]}]) end)
    end);
rows("iterate", Table, Size, 1, Effort) ->
    repeat(Effort, fun() -> nanos(Size, fun() -> ets:foldl(fun({_, _, Number}, Sum) -> Number + Sum end, 0, Table) end) end);
rows("match_range", Table, Size, 1, Effort) ->
    %% A guard on the key would look at all rows.
    Keys = lists:sublist(picks("match_range", Size), ?RANGES),
    repeat(Effort, fun() ->
        nanos(length(Keys) * ?RANGE, fun() -> lists:foreach(fun(Key) -> range(Table, Key, ?RANGE) end, Keys) end)
    end);
rows("insert_batch", Table, Size, 1, Effort) ->
    Batches = batches([row(Number) || Number <- numbers(Size)]),
    repeat(Effort, fun() ->
        nanos(length(Batches) * ?BATCH, fun() -> lists:foreach(fun(Batch) -> ets:insert(Table, Batch) end, Batches) end)
    end);
rows(Case, Table, Size, Threads, Effort) ->
    %% Each thread has its own; nothing is copied when it starts.
    lists:foreach(fun(Thread) -> persistent_term:put({picks, Thread}, picks(Case, Size)) end, lists:seq(1, Threads)),
    Picks = length(persistent_term:get({picks, 1})),
    repeat(Effort, fun() ->
        nanos(Picks * Threads, fun() ->
            parallel(Threads, fun(Thread) -> operations(Case, Table, persistent_term:get({picks, Thread})) end)
        end)
    end).

operations(_, _, []) ->
    ok;
operations("lookup_hit" = Case, Table, [Key | More]) ->
    [_] = ets:lookup(Table, Key),
    operations(Case, Table, More);
operations("lookup_miss" = Case, Table, [Key | More]) ->
    [] = ets:lookup(Table, Key),
    operations(Case, Table, More);
operations("overwrite" = Case, Table, [Row | More]) ->
    ets:insert(Table, Row),
    operations(Case, Table, More);
operations("delete_and_insert" = Case, Table, [Row | More]) ->
    ets:delete(Table, element(1, Row)),
    ets:insert(Table, Row),
    operations(Case, Table, More);
operations("update_counter" = Case, Table, [Key | More]) ->
    ets:update_counter(Table, Key, {3, 1}),
    operations(Case, Table, More);
operations("match_key" = Case, Table, [Key | More]) ->
    [_] = ets:match(Table, {Key, '_', '$1'}),
    operations(Case, Table, More);
operations("mix_" ++ _ = Case, Table, [{read, Key} | More]) ->
    [_] = ets:lookup(Table, Key),
    operations(Case, Table, More);
operations("mix_" ++ _ = Case, Table, [Row | More]) ->
    ets:insert(Table, Row),
    operations(Case, Table, More).

%% What a case asks for: keys or rows at random.
picks("lookup_miss", Size) -> [key(Size + Number) || Number <- numbers(Size)];
picks("overwrite", Size) -> [row(Number) || Number <- numbers(Size)];
picks("delete_and_insert", Size) -> [row(Number) || Number <- numbers(Size)];
picks("mix_95_5", Size) -> mix(20, Size);
picks("mix_50_50", Size) -> mix(2, Size);
picks(_, Size) -> [key(Number) || Number <- numbers(Size)].

mix(Many, Size) ->
    Numbers = numbers(Size),
    [if Nth rem Many =:= 0 -> row(Number); true -> {read, key(Number)} end
     || {Nth, Number} <- lists:zip(lists:seq(1, length(Numbers)), Numbers)].

numbers(Size) ->
    [rand:uniform(Size) - 1 || _ <- lists:seq(1, min(?MOST_PICKS, Size * 16))].

batches([]) ->
    [];
batches(Rows) ->
    {Batch, More} = lists:split(min(?BATCH, length(Rows)), Rows),
    [Batch | batches(More)].

range(_, _, 0) ->
    ok;
range(_, '$end_of_table', _) ->
    ok;
range(Table, Key, Left) ->
    [_] = ets:lookup(Table, Key),
    range(Table, ets:next(Table, Key), Left - 1).

fill(Table, Size) ->
    lists:foreach(fun(Number) -> ets:insert(Table, row(Number)) end, lists:seq(0, Size - 1)).

row(Number) ->
    {key(Number), element(Number rem 16 + 1, ?TEXTS), Number}.

%% A Feistel network of three rounds, as in Row.java.
key(Number) ->
    key(0, Number, 1).

key(Left, Right, 4) ->
    Left bsl 24 bor Right;
key(Left, Right, Round) ->
    key(Right, Left bxor ((Right * 16#2545F491 + Round) bsr 15 band 16#FFFFFF), Round + 1).

bytes_per_row(Type, Rows, Size) ->
    Table = ets:new(rows, [Type, public]),
    Row = case Rows of
        "long_string_long" -> fun row/1;
        "string_string_double" -> fun named_row/1
    end,
    ets:insert(Table, Row(0)),
    Before = ets:info(Table, memory),
    times(Size, fun(Number) -> ets:insert(Table, Row(Number)) end),
    (ets:info(Table, memory) - Before) * erlang:system_info(wordsize) / Size.

named_row(Number) ->
    Digits = integer_to_binary(100000000 + Number),
    {<<"row", Digits/binary>>, <<"for", Digits/binary>>, Number / 3.0}.

%% Time for each child, each time under a new supervisor.
starts(Strategy, Size, Threads, [WarmupMs, MeasurementMs, _]) ->
    Start = fun(Children) ->
        Supervisor = family(Strategy),
        Nanos = nanos(Children, fun() ->
            parallel(Threads, fun(First) ->
                lists:foreach(fun(Number) -> start_child(Strategy, Supervisor, Number) end,
                              lists:seq(First, Children, Threads))
            end)
        end),
        finish(Supervisor),
        Nanos
    end,
    warm_up(WarmupMs, fun() -> Start(min(?WARMUP_SIZE, Size)) end),
    median(measure(MeasurementMs, ?MOST_REPETITIONS, fun() -> Start(Size) end)).

restarts(Quantile, [WarmupMs, _, Samples]) ->
    Supervisor = family(one_for_one),
    {ok, _} = supervisor:start_child(Supervisor, child(victim, [self()])),
    Warm = min(1000, WarmupMs),
    Restart = fun(Pid) ->
        Begin = erlang:monotonic_time(nanosecond),
        exit(Pid, kill),
        Next = receive {started, Started} -> Started end,
        {erlang:monotonic_time(nanosecond) - Begin, Next}
    end,
    First = receive {started, Pid} -> Pid end,
    Second = lists:foldl(fun(_, Last) -> element(2, Restart(Last)) end, First, lists:seq(1, Warm)),
    %% The supervisor remembers its restarts of one second, and goes through them at each: let it forget those.
    timer:sleep(if Warm > 0 -> 1100; true -> 0 end),
    {Nanos, _} = lists:mapfoldl(fun(_, Last) -> timer:sleep(?PAUSE_MS), Restart(Last) end, Second, lists:seq(1, Samples)),
    {lists:nth(trunc(Quantile * Samples) + 1, lists:sort(Nanos)), none}.

family(Strategy) ->
    {ok, Supervisor} = supervisor:start_link(?MODULE, {supervisor, Strategy}),
    unlink(Supervisor),
    Supervisor.

start_child(simple_one_for_one, Supervisor, _) ->
    {ok, _} = supervisor:start_child(Supervisor, []);
start_child(one_for_one, Supervisor, Number) ->
    {ok, _} = supervisor:start_child(Supervisor, child(<<"child-", (integer_to_binary(Number))/binary>>, [none])).

child(Id, Arguments) ->
    #{id => Id, start => {?MODULE, start_link, Arguments}}.

%%% The server: state is who is told

server(Told) ->
    {ok, Pid} = gen_server:start(?MODULE, Told, []),
    Pid.

start_link(none) ->
    gen_server:start_link(?MODULE, none, []);
start_link(Told) ->
    gen_server:start_link(?MODULE, {victim, Told}, []).

init({supervisor, Strategy}) ->
    Children = case Strategy of
        simple_one_for_one -> [child(child, [none])];
        one_for_one -> []
    end,
    {ok, {#{strategy => Strategy, intensity => 1000000, period => 1}, Children}};
init({victim, Told}) ->
    Told ! {started, self()},
    {ok, none};
init(Told) ->
    {ok, Told}.

handle_call(request, _, Told) ->
    {reply, request, Told}.

handle_cast(more, Told) ->
    {noreply, Told};
handle_cast(last, Told) ->
    Told ! done,
    {noreply, Told};
handle_cast({call, Echo, Calls}, Told) ->
    times(Calls, fun(_) -> gen_server:call(Echo, request) end),
    Told ! done,
    {noreply, Told};
handle_cast({next, Next}, Told) ->
    {noreply, {Told, Next}};
handle_cast({hop, 0}, {Told, _} = State) ->
    Told ! done,
    {noreply, State};
handle_cast({hop, Left}, {_, Next} = State) ->
    gen_server:cast(Next, {hop, Left - 1}),
    {noreply, State}.

handle_info(_, State) ->
    {noreply, State}.

%%% How it is measured

%% Ends a process, and waits for it.
finish(Pid) ->
    Monitor = monitor(process, Pid),
    exit(Pid, shutdown),
    receive {'DOWN', Monitor, process, Pid, _} -> ok end.

memory() ->
    lists:foreach(fun erlang:garbage_collect/1, [self() | supervisors()]),
    erlang:memory(processes).

%% Those that have grown with their children.
supervisors() ->
    [Pid || Pid <- processes(), {links, Links} <- [process_info(Pid, links)], length(Links) >= ?FIRST].

times(0, _) ->
    ok;
times(Left, Action) ->
    Action(Left),
    times(Left - 1, Action).

parallel(1, Action) ->
    Action(1);
parallel(Threads, Action) ->
    Workers = [spawn_monitor(fun() -> Action(Number) end) || Number <- lists:seq(1, Threads)],
    lists:foreach(fun({Pid, Monitor}) -> receive {'DOWN', Monitor, process, Pid, normal} -> ok end end, Workers).

nanos(Operations, Action) ->
    Begin = erlang:monotonic_time(nanosecond),
    Action(),
    (erlang:monotonic_time(nanosecond) - Begin) / Operations.

repeat([WarmupMs, MeasurementMs, _], Sample) ->
    warm_up(WarmupMs, Sample),
    median(measure(MeasurementMs, infinity, Sample)).

warm_up(Millis, Sample) ->
    measure(Millis, infinity, Sample),
    ok.

%% At least once.
measure(Millis, Most, Sample) ->
    measure(erlang:monotonic_time(millisecond) + Millis, 1, Most, Sample).

measure(End, Count, Most, Sample) ->
    Value = Sample(),
    case Count < Most andalso erlang:monotonic_time(millisecond) < End of
        true -> [Value | measure(End, Count + 1, Most, Sample)];
        false -> [Value]
    end.

median([Only]) ->
    {Only, none};
median(Samples) ->
    Sorted = lists:sort(Samples),
    {lists:nth(length(Sorted) div 2 + 1, Sorted), (lists:last(Sorted) - hd(Sorted)) / 2}.
