"""Invented texts of machines, by what they are: logs, sessions, programs, settings, listings of a bakery's oven."""

TEXTS = {
    "a system log": """
Mar  4 22:10:01 bakery CRON[2211]: (root) CMD (run-parts /etc/cron.hourly)
Mar  4 22:10:04 bakery ovend[912]: heater did not respond, giving up
Mar  4 22:10:04 bakery kernel: usb 1-1: device descriptor read/64, error -71
""",
    "a Java stack trace": """
Exception in thread "main" java.lang.NullPointerException: Cannot invoke "Oven.heat()" because "oven" is null
\tat com.bakery.Oven.start(Oven.java:42)
\tat com.bakery.Main.main(Main.java:7)
Caused by: java.io.IOException: the device is not ready
\t... 3 more
""",
    "a Python traceback": """
Traceback (most recent call last):
  File "/srv/oven/heat.py", line 12, in <module>
    start(oven)
  File "/srv/oven/heat.py", line 8, in start
    raise OvenError("the oven is cold")
OvenError: the oven is cold
""",
    "a Node error": """
node:internal/modules/cjs/loader:1080
  throw err;
  ^

Error: Cannot find module './oven'
    at Module._resolveFilename (node:internal/modules/cjs/loader:1077:15)
    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:128:12) {
  code: 'MODULE_NOT_FOUND',
  requireStack: []
}

Node.js v18.12.1
""",
    "a Go panic": """
panic: runtime error: index out of range [3] with length 3

goroutine 1 [running]:
main.bake(...)
\t/srv/baker/oven/main.go:14
main.main()
\t/srv/baker/oven/main.go:9 +0x1d
exit status 2
""",
    "a Rust panic": """
thread 'main' panicked at 'called `Option::unwrap()` on a `None` value', src/main.rs:7:24
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
""",
    "a Windows event": """
Log Name:      Application
Source:        Application Error
Date:          3/4/2024 10:12:44 PM
Event ID:      1000
Task Category: (100)
Level:         Error
Keywords:      Classic
User:          N/A
Computer:      BAKERY-PC
Description:
Faulting application name: oven.exe, version: 4.1.0.0, time stamp: 0x5f3a1b2c
Faulting module name: KERNELBASE.dll, version: 10.0.19041.3636, time stamp: 0x9b64aa6f
Exception code: 0xe0434352
Fault offset: 0x000000000002cd29
""",
    "a kernel log": """
[    0.000000] Linux version 6.1.0-13-amd64 (debian-kernel@lists.debian.org)
[   12.345678] usb 1-2: new high-speed USB device number 4 using xhci_hcd
[   12.501122] usb 1-2: device not accepting address 4, error -71
[   13.000001] hub 1-0:1.0: unable to enumerate USB device
""",
    "a web server's access log": """
203.0.113.7 - - [04/Mar/2024:22:10:01 +0000] "GET /oven/status HTTP/1.1" 502 157 "-" "Mozilla/5.0 (X11; Linux x86_64)"
203.0.113.7 - - [04/Mar/2024:22:10:03 +0000] "POST /oven/heat HTTP/1.1" 500 1204 "-" "curl/7.88.1"
""",
    "a browser's console": """
Uncaught TypeError: Cannot read properties of undefined (reading 'heat')
    at startOven (oven.js:42:17)
    at HTMLButtonElement.onclick (index.html:10:5)
GET https://bakery.example/api/oven net::ERR_CONNECTION_REFUSED
Access to fetch at 'https://api.example/' from origin 'https://bakery.example' has been blocked by CORS policy.
""",
    "a shell session": """
baker@oven:~$ systemctl status ovend
● ovend.service - Oven daemon
     Loaded: loaded (/lib/systemd/system/ovend.service; enabled)
     Active: failed (Result: exit-code) since Mon 2024-03-04 22:10:04 CET; 3min ago
   Main PID: 912 (code=exited, status=1/FAILURE)
baker@oven:~$ sudo journalctl -u ovend -n 2
-- No entries --
""",
    "root's shell session": """
# apt install ovend
Reading package lists... Done
Building dependency tree... Done
E: Unable to locate package ovend
""",
    "a package manager that fails": """
$ npm install oven-cli
npm ERR! code ERESOLVE
npm ERR! ERESOLVE unable to resolve dependency tree
npm ERR! While resolving: bakery@1.0.0
npm ERR! Found: react@18.2.0
""",
    "a PowerShell session": """
PS C:\\Users\\baker> Get-Service ovend | Start-Service
Start-Service : Service 'Oven Daemon (ovend)' cannot be started: Cannot start ovend on '.'.
At line:1 char:21
+ Get-Service ovend | Start-Service
+                     ~~~~~~~~~~~~~
    + CategoryInfo          : OpenError: (ServiceController:ServiceController) [Start-Service]
    + FullyQualifiedErrorId : CouldNotStartService,Microsoft.PowerShell.Commands.StartServiceCommand
""",
    "a command prompt": """
C:\\Users\\baker>ping oven.local

Pinging oven.local [192.168.1.20] with 32 bytes of data:
Request timed out.
Request timed out.

Ping statistics for 192.168.1.20:
    Packets: Sent = 2, Received = 0, Lost = 2 (100% loss),
""",
    "an ini file": """
[oven]
mode = convection
temperature = 220
; keep the lamp on
lamp=true

[network]
host = 192.168.1.20
port=8080
""",
    "a YAML file": """
version: '3'
services:
  oven:
    image: bakery/oven:latest
    restart: unless-stopped
    ports:
      - "8080:80"
    environment:
      - MODE=convection
""",
    "a JSON file": """
{
  "name": "oven",
  "mode": "convection",
  "sensors": [1, 2, 3],
  "limits": { "top": 250, "bottom": 240 }
}
""",
    "a TOML file": """
[package]
name = "oven"
version = "0.1.0"
edition = "2021"

[dependencies]
serde = { version = "1.0", features = ["derive"] }
""",
    "an XML file": """
<?xml version="1.0" encoding="UTF-8"?>
<oven mode="convection">
  <shelf level="2">rye</shelf>
  <lamp>on</lamp>
</oven>
""",
    "a web server's configuration": """
server {
    listen 80;
    server_name bakery.example;
    location / {
        proxy_pass http://127.0.0.1:8080;
    }
}
""",
    "a Python program": """
import time
from oven import Oven

def heat(degrees):
    oven = Oven()
    while oven.temperature < degrees:
        time.sleep(1)
    return oven

heat(220)
""",
    "a C program": """
#include <stdio.h>
int main(void) {
    int degrees = 220;
    printf("%d\\n", degrees);
    return 0;
}
""",
    "a JavaScript program": """
const oven = require('./oven');
oven.on('ready', () => {
  console.log('ready');
});
""",
    "a style sheet": """
.oven .door {
  color: #333;
  margin: 0 auto;
}
""",
    "a spreadsheet's formula": """
=IF(ISBLANK(A2),"",VLOOKUP(A2,Ovens!A:C,3,FALSE))
""",
    "a telephone's crash report": """
Incident Identifier: 3F1C8A5E-0E4F-4C59-9E43-2B2C7D6C1A11
Process:         Oven [412]
Path:            /private/var/containers/Bundle/Application/Oven.app/Oven
Exception Type:  EXC_CRASH (SIGABRT)
Exception Codes: 0x0000000000000000, 0x0000000000000000
Triggered by Thread:  0
Thread 0 Crashed:
0   libsystem_kernel.dylib        \t0x00000001a1b2c3d4 __pthread_kill + 8
""",
    "a telephone's log": """
03-04 22:10:01.123  1234  1250 E AndroidRuntime: FATAL EXCEPTION: main
03-04 22:10:01.123  1234  1250 E AndroidRuntime: Process: com.bakery.oven, PID: 1234
E/OvenService( 1234): the heater is gone
""",
    "a debugger session": """
Program received signal SIGSEGV, Segmentation fault.
0x00005555555551b9 in heat (oven=0x0) at oven.c:12
12\t    oven->on = 1;
(gdb) bt
#0  0x00005555555551b9 in heat (oven=0x0) at oven.c:12
#1  0x00005555555551f3 in main () at oven.c:20
""",
    "a machine's parts": """
CPU: AMD Ryzen 5 5600X
Motherboard: MSI B550-A Pro
RAM: 16 GB DDR4-3200
GPU: NVIDIA GTX 1660 Super
PSU: Corsair RM650
OS: Windows 11 Pro 22H2
""",
    "a machine's parts in one line": """
OS: Debian 12 CPU: Intel i5-8250U RAM: 8GB Browser: Firefox 121.0 (64-bit)
""",
    "a machine's parts as a list": """
- OS: macOS 14.2 Sonoma
- Model: MacBook Air M2
- Memory: 16 GB
- App version: 3.4.1 (build 812)
""",
    "a list of devices": """
00:00.0 Host bridge: Intel Corporation Device 9b61 (rev 0c)
00:02.0 VGA compatible controller: Intel Corporation UHD Graphics (rev 02)
00:14.0 USB controller: Intel Corporation Comet Lake PCH-LP USB 3.1 xHCI
""",
    "a network interface": """
eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 192.168.1.20  netmask 255.255.255.0  broadcast 192.168.1.255
        ether b8:27:eb:12:34:56  txqueuelen 1000  (Ethernet)
""",
    "a patch": """
diff --git a/oven.py b/oven.py
index 83db48f..bf2a1c3 100644
--- a/oven.py
+++ b/oven.py
@@ -1,4 +1,4 @@
-mode = "fan"
+mode = "steam"
""",
    "a mail's raw head": """
Return-Path: <ann@bread.example>
Received: from mx.bread.example (mx.bread.example [203.0.113.9])
\tby mail.oven.example with ESMTP id 4Tq1
DKIM-Signature: v=1; a=rsa-sha256; d=bread.example
Message-ID: <1234@bread.example>
X-Spam-Score: 4.2
""",
    "a bounced mail": """
This is an automatically generated Delivery Status Notification.
Delivery to the following recipients failed.
       ann@bread.example
Final-Recipient: rfc822;ann@bread.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp;550 5.1.1 User unknown
""",
    "an installer that fails": """
Collecting oven==1.2
  Downloading oven-1.2.tar.gz (14 kB)
    ERROR: Command errored out with exit status 1:
     command: /usr/bin/python3 -c 'import sys, setuptools'
ERROR: Could not find a version that satisfies the requirement oven==1.2
""",
    "a PHP error": """
PHP Fatal error:  Uncaught Error: Call to undefined function heat() in /var/www/oven/index.php:12
Stack trace:
#0 {main}
  thrown in /var/www/oven/index.php on line 12
""",
    "a printer's program": """
G28 ; home all axes
G1 Z5 F5000 ; lift nozzle
M104 S205
M140 S60
G92 E0
""",
    "a printer's answers": """
Recv: ok T:21.3 /0.0 B:22.1 /0.0 @:0 B@:0
Recv: Error:Heating failed, system stopped! Heater_ID: 0
Recv: Error:!! KILLED
""",
    "a converter's output": """
ffmpeg version 4.4.2 Copyright (c) 2000-2021 the FFmpeg developers
  configuration: --enable-gpl --enable-libx264
Input #0, mov,mp4,m4a, from 'oven.mp4':
  Duration: 00:00:10.00, start: 0.000000, bitrate: 1205 kb/s
""",
    "a traced route": """
traceroute to oven.example (203.0.113.20), 30 hops max, 60 byte packets
 1  fritz.box (192.168.178.1)  0.512 ms  0.480 ms  0.601 ms
 2  * * *
 3  * * *
""",
}
